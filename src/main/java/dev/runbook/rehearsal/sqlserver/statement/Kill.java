package dev.runbook.rehearsal.sqlserver.statement;

import dev.runbook.rehearsal.model.Connection;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.sqlserver.Complaint;
import dev.runbook.rehearsal.sqlserver.Execution;
import dev.runbook.rehearsal.sqlserver.Outcome;
import dev.runbook.rehearsal.tds.SqlError;
import java.util.Optional;

/**
 * KILL. Whoever ran a statement in that session loses it; a restore among them stays cut off.
 *
 * @param spid digits as written
 * @param statusOnly WITH STATUSONLY: asks, ends nothing
 */
public record Kill(String spid, boolean statusOnly) implements Statement.AtOnce {
    private static final int HIGHEST = 32_767;
    private static final int FIRST_OF_USERS = 51;

    @Override
    public Outcome apply(EstateState state, Execution execution) {
        Optional<Integer> number = number();
        if (number.isEmpty()) {
            return Outcome.failed(Complaint.NO_SUCH_SPID.of(spid));
        }
        int victim = number.get();
        if (victim == execution.spid()) {
            return Outcome.failed(Complaint.OWN_SPID.of());
        }
        Server server = state.server(execution.server());
        Optional<Connection> found = server.sessions().find(victim);
        boolean system = found.map(one -> one.kind() == Connection.Kind.SYSTEM).orElse(victim < FIRST_OF_USERS);
        if (system) {
            return Outcome.failed(Complaint.SYSTEM_SPID.of());
        }
        if (found.isEmpty()) {
            return Outcome.failed(Complaint.GONE_SPID.of(victim));
        }
        return statusOnly
                ? Outcome.failed(Complaint.NO_ROLLBACK_STATUS.of(victim))
                : Outcome.done(state.with(server.with(server.sessions().without(victim))));
    }

    @Override
    public SqlError forbidden() {
        return Complaint.NO_KILL_PERMISSION.of();
    }

    private Optional<Integer> number() {
        if (!spid.matches("\\d{1,5}")) {
            return Optional.empty();
        }
        int number = Integer.parseInt(spid);
        return number < 1 || number > HIGHEST ? Optional.empty() : Optional.of(number);
    }
}
