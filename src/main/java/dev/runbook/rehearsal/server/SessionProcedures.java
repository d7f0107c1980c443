package dev.runbook.rehearsal.server;

import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.model.Sessions.AppLock;
import dev.runbook.rehearsal.model.Sessions.Connection;
import dev.runbook.rehearsal.server.Procedure.Arguments;
import dev.runbook.rehearsal.tds.Column;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The procedures about sessions: their application locks, and who is connected. */
final class SessionProcedures {
    private static final Duration FOR_EVER = Duration.ofDays(365);
    // return codes of an application lock; 0 is granted
    private static final int TIMED_OUT = -1;
    private static final int BAD_PARAMETERS = -999;
    private static final Set<String> MODES = Set.of("shared", "update", "intentshared", "intentexclusive", "exclusive");
    private static final Set<String> PEACEFUL = Set.of("shared", "intentshared");

    private static final DateTimeFormatter LAST_BATCH = DateTimeFormatter.ofPattern("MM/dd HH:mm:ss");
    private static final List<Column> COLUMNS = Stream.of(
                    "SPID",
                    "Status",
                    "Login",
                    "HostName",
                    "BlkBy",
                    "DBName",
                    "Command",
                    "CPUTime",
                    "DiskIO",
                    "LastBatch",
                    "ProgramName",
                    "SPID",
                    "REQUESTID")
            .map(name -> new Column(name, Column.Type.NVARCHAR))
            .toList();

    private SessionProcedures() {}

    static List<Procedure> all() {
        return List.of(
                Procedure.forAll("sp_getapplock", SessionProcedures::get, """
                    Resource nvarchar, LockMode nvarchar, LockOwner nvarchar?, LockTimeout int?,
                    DbPrincipal nvarchar?\
                    """),
                Procedure.forAll(
                        "sp_releaseapplock",
                        SessionProcedures::release,
                        "Resource nvarchar, LockOwner nvarchar?, DbPrincipal nvarchar?"),
                Procedure.forAll("sp_who2", SessionProcedures::show, "loginame nvarchar?"));
    }

    private static Outcome get(EstateState state, Arguments arguments, Execution execution) {
        Server server = state.server(execution.server());
        String mode = arguments.name("LockMode");
        boolean session =
                arguments.text("LockOwner").filter("session"::equalsIgnoreCase).isPresent();
        if (!session || !MODES.contains(mode.toLowerCase(Locale.ROOT))) {
            return Outcome.returned(state, BAD_PARAMETERS);
        }
        AppLock wanted = new AppLock(arguments.name("Resource"), mode, execution.spid());
        if (server.sessions().locks().stream().anyMatch(held -> conflict(held, wanted))) {
            int timeout = arguments.number("LockTimeout", TIMED_OUT);
            return new Outcome.Waiting(timeout < 0 ? FOR_EVER : Duration.ofMillis(timeout), TIMED_OUT);
        }
        List<AppLock> locks = new ArrayList<>(server.sessions().locks());
        locks.add(wanted);
        return Outcome.done(state.with(server.with(server.sessions().withLocks(locks))));
    }

    private static Outcome release(EstateState state, Arguments arguments, Execution execution) {
        Server server = state.server(execution.server());
        String resource = arguments.name("Resource");
        List<AppLock> locks = new ArrayList<>(server.sessions().locks());
        return locks.stream()
                .filter(lock ->
                        lock.spid() == execution.spid() && lock.resource().equals(resource))
                .findFirst()
                .map(lock -> {
                    locks.remove(lock);
                    return Outcome.done(state.with(server.with(server.sessions().withLocks(locks))));
                })
                .orElseGet(() -> Outcome.failed(ServerError.LOCK_NOT_HELD.of(resource)));
    }

    private static boolean conflict(AppLock held, AppLock wanted) {
        boolean peace = PEACEFUL.contains(held.mode().toLowerCase(Locale.ROOT))
                && PEACEFUL.contains(wanted.mode().toLowerCase(Locale.ROOT));
        return held.spid() != wanted.spid() && held.resource().equals(wanted.resource()) && !peace;
    }

    private static Outcome show(EstateState state, Arguments arguments, Execution execution) {
        List<List<Object>> rows = state.server(execution.server()).sessions().connections().stream()
                .filter(one -> arguments
                        .text("loginame")
                        .filter(login -> !login.equalsIgnoreCase(one.login()))
                        .isEmpty())
                .map(SessionProcedures::row)
                .toList();
        return Outcome.rows(state, new Catalog.Answer.Rows(COLUMNS, rows));
    }

    private static List<Object> row(Connection one) {
        String spid = "%-5d".formatted(one.spid());
        return List.of(
                spid,
                one.busy() ? "RUNNABLE" : "sleeping",
                one.login(),
                one.host().isEmpty() ? "  ." : one.host(),
                "  .",
                one.database(),
                one.command(),
                "0",
                "0",
                LAST_BATCH.format(one.since()),
                one.program(),
                spid,
                "0");
    }
}
