package dev.runbook.rehearsal.server;

import static dev.runbook.rehearsal.server.Procedure.Parameter.needed;
import static dev.runbook.rehearsal.server.Procedure.Parameter.optional;

import dev.runbook.rehearsal.model.Agent;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.LogShipping;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.server.Procedure.Type;
import dev.runbook.rehearsal.tds.SqlError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The procedures of the secondary half of log shipping. None of them touches the secondary database itself. */
final class SecondaryProcedures {
    private static final int USUAL_THRESHOLD = 45;
    private static final int USUAL_HISTORY = 5760;
    private static final int SECONDARY_ALERT = 14421;

    private SecondaryProcedures() {}

    static List<Procedure> all() {
        return List.of(
                Procedure.ofMaster(
                        "sp_add_log_shipping_secondary_primary",
                        SecondaryProcedures::addPrimary,
                        needed("primary_server", Type.NVARCHAR),
                        needed("primary_database", Type.NVARCHAR),
                        needed("backup_source_directory", Type.NVARCHAR),
                        needed("backup_destination_directory", Type.NVARCHAR),
                        needed("copy_job_name", Type.NVARCHAR),
                        needed("restore_job_name", Type.NVARCHAR),
                        needed("file_retention_period", Type.INT),
                        optional("monitor_server", Type.NVARCHAR),
                        optional("monitor_server_security_mode", Type.BIT),
                        optional("copy_job_id", Type.UNIQUEIDENTIFIER),
                        optional("restore_job_id", Type.UNIQUEIDENTIFIER),
                        optional("secondary_id", Type.UNIQUEIDENTIFIER),
                        optional("overwrite", Type.BIT)),
                Procedure.ofMaster(
                        "sp_delete_log_shipping_secondary_primary",
                        SecondaryProcedures::deletePrimary,
                        needed("primary_server", Type.NVARCHAR),
                        needed("primary_database", Type.NVARCHAR)),
                Procedure.ofMaster(
                        "sp_add_log_shipping_secondary_database",
                        SecondaryProcedures::addDatabase,
                        needed("secondary_database", Type.NVARCHAR),
                        needed("primary_server", Type.NVARCHAR),
                        needed("primary_database", Type.NVARCHAR),
                        optional("restore_delay", Type.INT),
                        optional("restore_all", Type.BIT),
                        optional("restore_mode", Type.BIT),
                        optional("disconnect_users", Type.BIT),
                        optional("block_size", Type.INT),
                        optional("buffer_count", Type.INT),
                        optional("max_transfer_size", Type.INT),
                        optional("restore_threshold", Type.INT),
                        optional("threshold_alert", Type.INT),
                        optional("threshold_alert_enabled", Type.BIT),
                        optional("history_retention_period", Type.INT),
                        optional("overwrite", Type.BIT)),
                Procedure.ofMaster(
                        "sp_delete_log_shipping_secondary_database",
                        SecondaryProcedures::deleteDatabase,
                        needed("secondary_database", Type.NVARCHAR),
                        optional("ignoreremotemonitor", Type.BIT)));
    }

    private static Outcome addPrimary(EstateState state, Procedure.Arguments arguments, Execution execution) {
        Server server = state.server(execution.server());
        String primary = arguments.name("primary_server");
        String database = arguments.name("primary_database");
        Optional<LogShipping.Secondary> old = server.shipping().secondary(primary, database);
        if (old.isPresent() && !arguments.bit("overwrite", false)) {
            return Outcome.failed(Complaint.LINK_EXISTS.of(primary, database));
        }
        String copyName = arguments.name("copy_job_name");
        String restoreName = arguments.name("restore_job_name");
        Optional<SqlError> clash = PrimaryProcedures.ShippingJobs.clash(server.agent(), copyName)
                .or(() -> PrimaryProcedures.ShippingJobs.clash(server.agent(), restoreName));
        if (clash.isPresent()) {
            return Outcome.failed(clash.get());
        }
        LogShipping.Secondary row = link(server, old, arguments, execution);
        Agent cleaned = old.map(former -> withoutJobs(server.agent(), former)).orElse(server.agent());
        Agent copying = PrimaryProcedures.ShippingJobs.renew(cleaned, row.copyJob(), copyName, Agent.Kind.LOG_COPY);
        Agent agent =
                PrimaryProcedures.ShippingJobs.renew(copying, row.restoreJob(), restoreName, Agent.Kind.LOG_RESTORE);
        List<LogShipping.Secondary> rows = new ArrayList<>(server.shipping().secondaries());
        rows.removeIf(other -> other.id().equals(row.id()));
        rows.add(row);
        return Outcome.done(state.with(server.with(agent).with(server.shipping().withSecondaries(rows))));
    }

    private static LogShipping.Secondary link(
            Server server, Optional<LogShipping.Secondary> old, Procedure.Arguments arguments, Execution execution) {
        return new LogShipping.Secondary(
                old.map(LogShipping.Secondary::id)
                        .orElseGet(() -> execution.ids().get()),
                arguments.name("primary_server"),
                arguments.name("primary_database"),
                arguments.name("backup_source_directory"),
                arguments.name("backup_destination_directory"),
                arguments.number("file_retention_period", 0),
                execution.ids().get(),
                execution.ids().get(),
                arguments.text("monitor_server").orElse(server.name()),
                Optional.empty());
    }

    private static Outcome deletePrimary(EstateState state, Procedure.Arguments arguments, Execution execution) {
        Server server = state.server(execution.server());
        String primary = arguments.name("primary_server");
        String database = arguments.name("primary_database");
        Optional<LogShipping.Secondary> link = server.shipping().secondary(primary, database);
        if (link.isEmpty()) {
            return Outcome.failed(Complaint.REGISTER_PRIMARY_FIRST.of(primary, database));
        }
        boolean used = server.shipping().secondaryDatabases().stream()
                .anyMatch(row -> row.secondary().equals(link.get().id()));
        return used
                ? Outcome.failed(Complaint.LINK_IN_USE.of(primary, database))
                : Outcome.done(state.with(withoutLink(server, link.get())));
    }

    private static Outcome addDatabase(EstateState state, Procedure.Arguments arguments, Execution execution) {
        Server server = state.server(execution.server());
        String name = arguments.name("secondary_database");
        String primary = arguments.name("primary_server");
        String database = arguments.name("primary_database");
        Optional<LogShipping.Secondary> link = server.shipping().secondary(primary, database);
        if (link.isEmpty()) {
            return Outcome.failed(Complaint.REGISTER_PRIMARY_FIRST.of(primary, database));
        }
        List<LogShipping.SecondaryDatabase> rows =
                new ArrayList<>(server.shipping().secondaryDatabases());
        boolean known = rows.removeIf(row -> row.database().equalsIgnoreCase(name));
        if (known && !arguments.bit("overwrite", false)) {
            return Outcome.failed(Complaint.SECONDARY_EXISTS.of(name));
        }
        rows.add(new LogShipping.SecondaryDatabase(
                name,
                link.get().id(),
                arguments.number("restore_delay", 0),
                arguments.bit("restore_all", true),
                arguments.bit("restore_mode", false),
                arguments.bit("disconnect_users", false),
                new LogShipping.Alert(
                        arguments.number("restore_threshold", USUAL_THRESHOLD),
                        arguments.number("threshold_alert", SECONDARY_ALERT),
                        arguments.bit("threshold_alert_enabled", true),
                        arguments.number("history_retention_period", USUAL_HISTORY)),
                Optional.empty()));
        return Outcome.done(state.with(server.with(server.shipping().withSecondaryDatabases(rows))));
    }

    private static Outcome deleteDatabase(EstateState state, Procedure.Arguments arguments, Execution execution) {
        Server server = state.server(execution.server());
        String name = arguments.name("secondary_database");
        Optional<LogShipping.SecondaryDatabase> row = server.shipping().secondaryDatabase(name);
        if (row.isEmpty()) {
            return Outcome.failed(Complaint.NOT_A_SECONDARY.of(name));
        }
        List<LogShipping.SecondaryDatabase> rest =
                new ArrayList<>(server.shipping().secondaryDatabases());
        rest.remove(row.get());
        Server left = server.with(server.shipping().withSecondaryDatabases(rest));
        boolean last = rest.stream()
                .noneMatch(other -> other.secondary().equals(row.get().secondary()));
        Server cleaned = left.shipping()
                .secondary(row.get().secondary())
                .filter(link -> last)
                .map(link -> withoutLink(left, link))
                .orElse(left);
        return Outcome.done(state.with(cleaned));
    }

    private static Server withoutLink(Server server, LogShipping.Secondary link) {
        List<LogShipping.Secondary> rest = new ArrayList<>(server.shipping().secondaries());
        rest.remove(link);
        return server.with(withoutJobs(server.agent(), link))
                .with(server.shipping().withSecondaries(rest));
    }

    private static Agent withoutJobs(Agent agent, LogShipping.Secondary link) {
        return agent.without(link.copyJob()).without(link.restoreJob());
    }
}
