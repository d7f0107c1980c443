package dev.runbook.rehearsal.server;

import dev.runbook.rehearsal.model.Agent;
import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.LogShipping;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.server.Procedure.Arguments;
import dev.runbook.rehearsal.tds.SqlError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The procedures of log shipping, for its primary and for its secondary half. None of them touches the secondary database itself. */
final class LogShippingProcedures {
    private static final int PRIMARY_THRESHOLD = 60;
    private static final int USUAL_HISTORY = 5760;
    private static final int PRIMARY_ALERT = 14420;
    private static final int DAILY = 4;
    private static final int MINUTES = 4;
    private static final int ALERT_MINUTES = 2;
    private static final int SECONDARY_THRESHOLD = 45;
    private static final int SECONDARY_ALERT = 14421;

    private LogShippingProcedures() {}

    static List<Procedure> all() {
        return List.of(
                Procedure.ofMaster(
                        "sp_add_log_shipping_primary_database", LogShippingProcedures::addPrimaryDatabase, """
                        database nvarchar, backup_directory nvarchar, backup_share nvarchar,
                        backup_job_name nvarchar, backup_retention_period int, monitor_server nvarchar?,
                        monitor_server_security_mode bit?, backup_threshold int?, threshold_alert int?,
                        threshold_alert_enabled bit?, history_retention_period int?,
                        backup_job_id uniqueidentifier?, primary_id uniqueidentifier?,
                        backup_compression int?, overwrite bit?\
                        """),
                Procedure.ofMaster(
                        "sp_delete_log_shipping_primary_database",
                        LogShippingProcedures::deletePrimaryDatabase,
                        "database nvarchar, ignoreremotemonitor bit?"),
                Procedure.ofMaster(
                        "sp_add_log_shipping_primary_secondary", LogShippingProcedures::addPrimarySecondary, """
                        primary_database nvarchar, secondary_server nvarchar, secondary_database nvarchar,
                        overwrite bit?\
                        """),
                Procedure.ofMaster(
                        "sp_delete_log_shipping_primary_secondary",
                        LogShippingProcedures::deletePrimarySecondary,
                        "primary_database nvarchar, secondary_server nvarchar, secondary_database nvarchar"),
                Procedure.ofMaster("sp_add_log_shipping_alert_job", LogShippingProcedures::addAlertJob, ""),
                Procedure.ofMaster(
                        "sp_add_log_shipping_secondary_primary", LogShippingProcedures::addSecondaryPrimary, """
                        primary_server nvarchar, primary_database nvarchar,
                        backup_source_directory nvarchar, backup_destination_directory nvarchar,
                        copy_job_name nvarchar, restore_job_name nvarchar, file_retention_period int,
                        monitor_server nvarchar?, monitor_server_security_mode bit?,
                        copy_job_id uniqueidentifier?, restore_job_id uniqueidentifier?,
                        secondary_id uniqueidentifier?, overwrite bit?\
                        """),
                Procedure.ofMaster(
                        "sp_delete_log_shipping_secondary_primary",
                        LogShippingProcedures::deleteSecondaryPrimary,
                        "primary_server nvarchar, primary_database nvarchar"),
                Procedure.ofMaster(
                        "sp_add_log_shipping_secondary_database", LogShippingProcedures::addSecondaryDatabase, """
                        secondary_database nvarchar, primary_server nvarchar, primary_database nvarchar,
                        restore_delay int?, restore_all bit?, restore_mode bit?, disconnect_users bit?,
                        block_size int?, buffer_count int?, max_transfer_size int?, restore_threshold int?,
                        threshold_alert int?, threshold_alert_enabled bit?, history_retention_period int?,
                        overwrite bit?\
                        """),
                Procedure.ofMaster(
                        "sp_delete_log_shipping_secondary_database",
                        LogShippingProcedures::deleteSecondaryDatabase,
                        "secondary_database nvarchar, ignoreremotemonitor bit?"));
    }

    private static Outcome addPrimaryDatabase(EstateState state, Arguments arguments, Execution execution) {
        Server server = state.server(execution.server());
        String name = arguments.name("database");
        Optional<LogShipping.Primary> old = server.shipping().primary(name);
        Optional<SqlError> refusal = unfit(server, name)
                .or(() -> old.isPresent() && !arguments.bit("overwrite", false)
                        ? Optional.of(ServerError.PRIMARY_EXISTS.of(name))
                        : clash(server.agent(), arguments.name("backup_job_name")));
        if (refusal.isPresent()) {
            return Outcome.failed(refusal.get());
        }
        UUID job = execution.ids().get();
        LogShipping.Primary row = new LogShipping.Primary(
                old.map(LogShipping.Primary::id).orElseGet(() -> execution.ids().get()),
                name,
                arguments.name("backup_directory"),
                arguments.name("backup_share"),
                arguments.number("backup_retention_period", 0),
                job,
                arguments.number("backup_compression", 2),
                new LogShipping.Alert(
                        arguments.number("backup_threshold", PRIMARY_THRESHOLD),
                        arguments.number("threshold_alert", PRIMARY_ALERT),
                        arguments.bit("threshold_alert_enabled", false),
                        arguments.number("history_retention_period", USUAL_HISTORY)),
                Optional.empty());
        Agent cleaned =
                old.map(former -> server.agent().without(former.backupJob())).orElse(server.agent());
        Agent agent = renew(cleaned, job, arguments.name("backup_job_name"), Agent.Kind.LOG_BACKUP);
        return Outcome.done(state.with(server.with(agent).with(with(server.shipping(), row))));
    }

    private static LogShipping with(LogShipping shipping, LogShipping.Primary row) {
        List<LogShipping.Primary> rows = new ArrayList<>(shipping.primaries());
        rows.removeIf(other -> other.id().equals(row.id()));
        rows.add(row);
        return shipping.withPrimaries(rows);
    }

    private static Optional<SqlError> unfit(Server server, String name) {
        Optional<Database> database = server.database(name);
        if (database.isEmpty()) {
            return Optional.of(ServerError.NO_DATABASE.of(name));
        }
        if (!database.get().online() || database.get().status().standby()) {
            return Optional.of(ServerError.NOT_ONLINE.of(name));
        }
        return database.get().options().recovery() == Database.RecoveryModel.SIMPLE
                ? Optional.of(ServerError.SIMPLE_MODEL.of(name))
                : Optional.empty();
    }

    private static Outcome deletePrimaryDatabase(EstateState state, Arguments arguments, Execution execution) {
        Server server = state.server(execution.server());
        String name = arguments.name("database");
        Optional<LogShipping.Primary> row = server.shipping().primary(name);
        if (row.isEmpty()) {
            return Outcome.failed(ServerError.NOT_A_PRIMARY.of(name));
        }
        boolean hasSecondaries = server.shipping().primarySecondaries().stream()
                .anyMatch(secondary -> secondary.primary().equals(row.get().id()));
        if (hasSecondaries) {
            return Outcome.failed(ServerError.STILL_HAS_SECONDARIES.of(name));
        }
        List<LogShipping.Primary> rest = new ArrayList<>(server.shipping().primaries());
        rest.remove(row.get());
        return Outcome.done(
                state.with(server.with(server.agent().without(row.get().backupJob()))
                        .with(server.shipping().withPrimaries(rest))));
    }

    private static Outcome addPrimarySecondary(EstateState state, Arguments arguments, Execution execution) {
        Server server = state.server(execution.server());
        String name = arguments.name("primary_database");
        Optional<LogShipping.Primary> primary = server.shipping().primary(name);
        if (primary.isEmpty()) {
            return Outcome.failed(ServerError.NOT_A_PRIMARY.of(name));
        }
        LogShipping.PrimarySecondary row = secondary(primary.get(), arguments);
        List<LogShipping.PrimarySecondary> rows =
                new ArrayList<>(server.shipping().primarySecondaries());
        boolean known = rows.removeIf(other -> same(other, row));
        if (known && !arguments.bit("overwrite", false)) {
            return Outcome.failed(ServerError.SECONDARY_KNOWN.of(row.server(), row.database(), name));
        }
        rows.add(row);
        return Outcome.done(state.with(server.with(server.shipping().withPrimarySecondaries(rows))));
    }

    private static Outcome deletePrimarySecondary(EstateState state, Arguments arguments, Execution execution) {
        Server server = state.server(execution.server());
        String name = arguments.name("primary_database");
        Optional<LogShipping.Primary> primary = server.shipping().primary(name);
        if (primary.isEmpty()) {
            return Outcome.failed(ServerError.NOT_A_PRIMARY.of(name));
        }
        List<LogShipping.PrimarySecondary> rows =
                new ArrayList<>(server.shipping().primarySecondaries());
        rows.removeIf(other -> same(other, secondary(primary.get(), arguments)));
        return Outcome.done(state.with(server.with(server.shipping().withPrimarySecondaries(rows))));
    }

    private static LogShipping.PrimarySecondary secondary(LogShipping.Primary primary, Arguments arguments) {
        return new LogShipping.PrimarySecondary(
                primary.id(), arguments.name("secondary_server"), arguments.name("secondary_database"));
    }

    private static boolean same(LogShipping.PrimarySecondary one, LogShipping.PrimarySecondary other) {
        return one.primary().equals(other.primary())
                && one.server().equalsIgnoreCase(other.server())
                && one.database().equalsIgnoreCase(other.database());
    }

    private static Outcome addAlertJob(EstateState state, Arguments arguments, Execution execution) {
        Server server = state.server(execution.server());
        if (server.shipping().alertJob().isPresent()) {
            return Outcome.done(state);
        }
        UUID id = execution.ids().get();
        Agent.Job job = Agent.Job.born(id, "LSAlert_" + server.name(), Agent.Kind.LOG_ALERT)
                .enabled(true)
                .plus(new Agent.Schedule(0, "LSAlert", true, DAILY, 1, MINUTES, ALERT_MINUTES));
        return Outcome.done(state.with(
                server.with(server.agent().plus(job)).with(server.shipping().withAlertJob(id))));
    }

    private static Outcome addSecondaryPrimary(EstateState state, Arguments arguments, Execution execution) {
        Server server = state.server(execution.server());
        String primary = arguments.name("primary_server");
        String database = arguments.name("primary_database");
        Optional<LogShipping.Secondary> old = server.shipping().secondary(primary, database);
        if (old.isPresent() && !arguments.bit("overwrite", false)) {
            return Outcome.failed(ServerError.LINK_EXISTS.of(primary, database));
        }
        String copyName = arguments.name("copy_job_name");
        String restoreName = arguments.name("restore_job_name");
        Optional<SqlError> clash = clash(server.agent(), copyName).or(() -> clash(server.agent(), restoreName));
        if (clash.isPresent()) {
            return Outcome.failed(clash.get());
        }
        LogShipping.Secondary row = link(server, old, arguments, execution);
        Agent cleaned = old.map(former -> withoutJobs(server.agent(), former)).orElse(server.agent());
        Agent copying = renew(cleaned, row.copyJob(), copyName, Agent.Kind.LOG_COPY);
        Agent agent = renew(copying, row.restoreJob(), restoreName, Agent.Kind.LOG_RESTORE);
        List<LogShipping.Secondary> rows = new ArrayList<>(server.shipping().secondaries());
        rows.removeIf(other -> other.id().equals(row.id()));
        rows.add(row);
        return Outcome.done(state.with(server.with(agent).with(server.shipping().withSecondaries(rows))));
    }

    private static LogShipping.Secondary link(
            Server server, Optional<LogShipping.Secondary> old, Arguments arguments, Execution execution) {
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

    private static Outcome deleteSecondaryPrimary(EstateState state, Arguments arguments, Execution execution) {
        Server server = state.server(execution.server());
        String primary = arguments.name("primary_server");
        String database = arguments.name("primary_database");
        Optional<LogShipping.Secondary> link = server.shipping().secondary(primary, database);
        if (link.isEmpty()) {
            return Outcome.failed(ServerError.REGISTER_PRIMARY_FIRST.of(primary, database));
        }
        boolean used = server.shipping().secondaryDatabases().stream()
                .anyMatch(row -> row.secondary().equals(link.get().id()));
        return used
                ? Outcome.failed(ServerError.LINK_IN_USE.of(primary, database))
                : Outcome.done(state.with(withoutLink(server, link.get())));
    }

    private static Outcome addSecondaryDatabase(EstateState state, Arguments arguments, Execution execution) {
        Server server = state.server(execution.server());
        String name = arguments.name("secondary_database");
        String primary = arguments.name("primary_server");
        String database = arguments.name("primary_database");
        Optional<LogShipping.Secondary> link = server.shipping().secondary(primary, database);
        if (link.isEmpty()) {
            return Outcome.failed(ServerError.REGISTER_PRIMARY_FIRST.of(primary, database));
        }
        List<LogShipping.SecondaryDatabase> rows =
                new ArrayList<>(server.shipping().secondaryDatabases());
        boolean known = rows.removeIf(row -> row.database().equalsIgnoreCase(name));
        if (known && !arguments.bit("overwrite", false)) {
            return Outcome.failed(ServerError.SECONDARY_EXISTS.of(name));
        }
        rows.add(new LogShipping.SecondaryDatabase(
                name,
                link.get().id(),
                arguments.number("restore_delay", 0),
                arguments.bit("restore_all", true),
                arguments.bit("restore_mode", false),
                arguments.bit("disconnect_users", false),
                new LogShipping.Alert(
                        arguments.number("restore_threshold", SECONDARY_THRESHOLD),
                        arguments.number("threshold_alert", SECONDARY_ALERT),
                        arguments.bit("threshold_alert_enabled", true),
                        arguments.number("history_retention_period", USUAL_HISTORY)),
                Optional.empty()));
        return Outcome.done(state.with(server.with(server.shipping().withSecondaryDatabases(rows))));
    }

    private static Outcome deleteSecondaryDatabase(EstateState state, Arguments arguments, Execution execution) {
        Server server = state.server(execution.server());
        String name = arguments.name("secondary_database");
        Optional<LogShipping.SecondaryDatabase> row = server.shipping().secondaryDatabase(name);
        if (row.isEmpty()) {
            return Outcome.failed(ServerError.NOT_A_SECONDARY.of(name));
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

    /** 32022 where a job of that name exists that is none of log shipping. */
    static Optional<SqlError> clash(Agent agent, String name) {
        return agent.job(name)
                .filter(job -> job.kind() == Agent.Kind.OTHER)
                .map(job -> ServerError.JOB_NAME_CLASH.of(name));
    }

    /** A new job of that name, neither enabled nor scheduled, in the place of an old one. */
    static Agent renew(Agent agent, UUID id, String name, Agent.Kind kind) {
        Agent rest = agent.job(name).map(old -> agent.without(old.id())).orElse(agent);
        return rest.plus(Agent.Job.born(id, name, kind));
    }
}
