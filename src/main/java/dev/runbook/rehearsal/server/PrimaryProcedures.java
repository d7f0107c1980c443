package dev.runbook.rehearsal.server;

import static dev.runbook.rehearsal.server.Procedure.Parameter.needed;
import static dev.runbook.rehearsal.server.Procedure.Parameter.optional;

import dev.runbook.rehearsal.model.Agent;
import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.LogShipping;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.server.Procedure.Type;
import dev.runbook.rehearsal.tds.SqlError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The procedures of the primary half of log shipping. */
final class PrimaryProcedures {
    private static final int USUAL_THRESHOLD = 60;
    private static final int USUAL_HISTORY = 5760;
    private static final int PRIMARY_ALERT = 14420;
    private static final int DAILY = 4;
    private static final int MINUTES = 4;
    private static final int ALERT_MINUTES = 2;

    private PrimaryProcedures() {}

    static List<Procedure> all() {
        return List.of(
                Procedure.ofMaster(
                        "sp_add_log_shipping_primary_database",
                        PrimaryProcedures::addDatabase,
                        needed("database", Type.NVARCHAR),
                        needed("backup_directory", Type.NVARCHAR),
                        needed("backup_share", Type.NVARCHAR),
                        needed("backup_job_name", Type.NVARCHAR),
                        needed("backup_retention_period", Type.INT),
                        optional("monitor_server", Type.NVARCHAR),
                        optional("monitor_server_security_mode", Type.BIT),
                        optional("backup_threshold", Type.INT),
                        optional("threshold_alert", Type.INT),
                        optional("threshold_alert_enabled", Type.BIT),
                        optional("history_retention_period", Type.INT),
                        optional("backup_job_id", Type.UNIQUEIDENTIFIER),
                        optional("primary_id", Type.UNIQUEIDENTIFIER),
                        optional("backup_compression", Type.INT),
                        optional("overwrite", Type.BIT)),
                Procedure.ofMaster(
                        "sp_delete_log_shipping_primary_database",
                        PrimaryProcedures::deleteDatabase,
                        needed("database", Type.NVARCHAR),
                        optional("ignoreremotemonitor", Type.BIT)),
                Procedure.ofMaster(
                        "sp_add_log_shipping_primary_secondary",
                        PrimaryProcedures::addSecondary,
                        needed("primary_database", Type.NVARCHAR),
                        needed("secondary_server", Type.NVARCHAR),
                        needed("secondary_database", Type.NVARCHAR),
                        optional("overwrite", Type.BIT)),
                Procedure.ofMaster(
                        "sp_delete_log_shipping_primary_secondary",
                        PrimaryProcedures::deleteSecondary,
                        needed("primary_database", Type.NVARCHAR),
                        needed("secondary_server", Type.NVARCHAR),
                        needed("secondary_database", Type.NVARCHAR)),
                Procedure.ofMaster("sp_add_log_shipping_alert_job", PrimaryProcedures::addAlertJob));
    }

    private static Outcome addDatabase(EstateState state, Procedure.Arguments arguments, Execution execution) {
        Server server = state.server(execution.server());
        String name = arguments.name("database");
        Optional<LogShipping.Primary> old = server.shipping().primary(name);
        Optional<SqlError> refusal = unfit(server, name)
                .or(() -> old.isPresent() && !arguments.bit("overwrite", false)
                        ? Optional.of(Complaint.PRIMARY_EXISTS.of(name))
                        : ShippingJobs.clash(server.agent(), arguments.name("backup_job_name")));
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
                        arguments.number("backup_threshold", USUAL_THRESHOLD),
                        arguments.number("threshold_alert", PRIMARY_ALERT),
                        arguments.bit("threshold_alert_enabled", false),
                        arguments.number("history_retention_period", USUAL_HISTORY)),
                Optional.empty());
        Agent cleaned =
                old.map(former -> server.agent().without(former.backupJob())).orElse(server.agent());
        Agent agent = ShippingJobs.renew(cleaned, job, arguments.name("backup_job_name"), Agent.Kind.LOG_BACKUP);
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
            return Optional.of(Complaint.NO_DATABASE.of(name));
        }
        if (!database.get().online() || database.get().status().standby()) {
            return Optional.of(Complaint.NOT_ONLINE.of(name));
        }
        return database.get().options().recovery() == Database.RecoveryModel.SIMPLE
                ? Optional.of(Complaint.SIMPLE_MODEL.of(name))
                : Optional.empty();
    }

    private static Outcome deleteDatabase(EstateState state, Procedure.Arguments arguments, Execution execution) {
        Server server = state.server(execution.server());
        String name = arguments.name("database");
        Optional<LogShipping.Primary> row = server.shipping().primary(name);
        if (row.isEmpty()) {
            return Outcome.failed(Complaint.NOT_A_PRIMARY.of(name));
        }
        boolean hasSecondaries = server.shipping().primarySecondaries().stream()
                .anyMatch(secondary -> secondary.primary().equals(row.get().id()));
        if (hasSecondaries) {
            return Outcome.failed(Complaint.STILL_HAS_SECONDARIES.of(name));
        }
        List<LogShipping.Primary> rest = new ArrayList<>(server.shipping().primaries());
        rest.remove(row.get());
        return Outcome.done(
                state.with(server.with(server.agent().without(row.get().backupJob()))
                        .with(server.shipping().withPrimaries(rest))));
    }

    private static Outcome addSecondary(EstateState state, Procedure.Arguments arguments, Execution execution) {
        Server server = state.server(execution.server());
        String name = arguments.name("primary_database");
        Optional<LogShipping.Primary> primary = server.shipping().primary(name);
        if (primary.isEmpty()) {
            return Outcome.failed(Complaint.NOT_A_PRIMARY.of(name));
        }
        LogShipping.PrimarySecondary row = secondary(primary.get(), arguments);
        List<LogShipping.PrimarySecondary> rows =
                new ArrayList<>(server.shipping().primarySecondaries());
        boolean known = rows.removeIf(other -> same(other, row));
        if (known && !arguments.bit("overwrite", false)) {
            return Outcome.failed(Complaint.SECONDARY_KNOWN.of(row.server(), row.database(), name));
        }
        rows.add(row);
        return Outcome.done(state.with(server.with(server.shipping().withPrimarySecondaries(rows))));
    }

    private static Outcome deleteSecondary(EstateState state, Procedure.Arguments arguments, Execution execution) {
        Server server = state.server(execution.server());
        String name = arguments.name("primary_database");
        Optional<LogShipping.Primary> primary = server.shipping().primary(name);
        if (primary.isEmpty()) {
            return Outcome.failed(Complaint.NOT_A_PRIMARY.of(name));
        }
        List<LogShipping.PrimarySecondary> rows =
                new ArrayList<>(server.shipping().primarySecondaries());
        rows.removeIf(other -> same(other, secondary(primary.get(), arguments)));
        return Outcome.done(state.with(server.with(server.shipping().withPrimarySecondaries(rows))));
    }

    private static LogShipping.PrimarySecondary secondary(LogShipping.Primary primary, Procedure.Arguments arguments) {
        return new LogShipping.PrimarySecondary(
                primary.id(), arguments.name("secondary_server"), arguments.name("secondary_database"));
    }

    private static boolean same(LogShipping.PrimarySecondary one, LogShipping.PrimarySecondary other) {
        return one.primary().equals(other.primary())
                && one.server().equalsIgnoreCase(other.server())
                && one.database().equalsIgnoreCase(other.database());
    }

    private static Outcome addAlertJob(EstateState state, Procedure.Arguments arguments, Execution execution) {
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

    /** The jobs that the log shipping procedures make and remove. */
    static final class ShippingJobs {
        private ShippingJobs() {}

        /** 32022 where a job of that name exists that is none of log shipping. */
        static Optional<SqlError> clash(Agent agent, String name) {
            return agent.job(name)
                    .filter(job -> job.kind() == Agent.Kind.OTHER)
                    .map(job -> Complaint.JOB_NAME_CLASH.of(name));
        }

        /** A new job of that name, neither enabled nor scheduled, in the place of an old one. */
        static Agent renew(Agent agent, UUID id, String name, Agent.Kind kind) {
            Agent rest = agent.job(name).map(old -> agent.without(old.id())).orElse(agent);
            return rest.plus(Agent.Job.born(id, name, kind));
        }
    }
}
