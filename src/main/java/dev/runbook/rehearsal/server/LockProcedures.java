package dev.runbook.rehearsal.server;

import static dev.runbook.rehearsal.server.Procedure.Parameter.needed;
import static dev.runbook.rehearsal.server.Procedure.Parameter.optional;

import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.model.Sessions.AppLock;
import dev.runbook.rehearsal.server.Procedure.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Application locks of a session. Return codes: 0 granted, -1 timed out, -999 bad parameters. */
final class LockProcedures {
    private static final Duration FOR_EVER = Duration.ofDays(365);
    private static final int TIMED_OUT = -1;
    private static final int BAD_PARAMETERS = -999;
    private static final Set<String> MODES = Set.of("shared", "update", "intentshared", "intentexclusive", "exclusive");
    private static final Set<String> PEACEFUL = Set.of("shared", "intentshared");

    private LockProcedures() {}

    static List<Procedure> all() {
        return List.of(
                Procedure.forAll(
                        "sp_getapplock",
                        LockProcedures::get,
                        needed("Resource", Type.NVARCHAR),
                        needed("LockMode", Type.NVARCHAR),
                        optional("LockOwner", Type.NVARCHAR),
                        optional("LockTimeout", Type.INT),
                        optional("DbPrincipal", Type.NVARCHAR)),
                Procedure.forAll(
                        "sp_releaseapplock",
                        LockProcedures::release,
                        needed("Resource", Type.NVARCHAR),
                        optional("LockOwner", Type.NVARCHAR),
                        optional("DbPrincipal", Type.NVARCHAR)));
    }

    private static Outcome get(EstateState state, Procedure.Arguments arguments, Execution execution) {
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

    private static Outcome release(EstateState state, Procedure.Arguments arguments, Execution execution) {
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
                .orElseGet(() -> Outcome.failed(Complaint.LOCK_NOT_HELD.of(resource)));
    }

    private static boolean conflict(AppLock held, AppLock wanted) {
        boolean peace = PEACEFUL.contains(held.mode().toLowerCase(Locale.ROOT))
                && PEACEFUL.contains(wanted.mode().toLowerCase(Locale.ROOT));
        return held.spid() != wanted.spid() && held.resource().equals(wanted.resource()) && !peace;
    }
}
