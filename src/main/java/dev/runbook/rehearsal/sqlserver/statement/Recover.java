package dev.runbook.rehearsal.sqlserver.statement;

import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.sqlserver.Complaint;
import dev.runbook.rehearsal.sqlserver.Execution;
import dev.runbook.rehearsal.sqlserver.Outcome;
import dev.runbook.rehearsal.tds.SqlError;
import java.util.Optional;

/**
 * RESTORE DATABASE … WITH RECOVERY, without FROM: brings online what waits for more. Cut off, it can only be said again.
 *
 * @param database its name
 */
public record Recover(String database) implements Statement.Lengthy {
    @Override
    public String command() {
        return "RESTORE DATABASE";
    }

    @Override
    public int stats() {
        return 0;
    }

    /** Recovery writes log: it undoes what was not committed. */
    @Override
    public Optional<NoRoom> noRoom() {
        return Optional.of(new NoRoom(Complaint.LOG_FULL.of(database), false));
    }

    @Override
    public boolean exclusive() {
        return true;
    }

    @Override
    public SqlError forbidden() {
        return Complaint.NO_RESTORE_PERMISSION.of(database);
    }

    @Override
    public Outcome begin(EstateState state, Execution execution) {
        Server server = state.server(execution.server());
        return refusal(server, execution.spid())
                .map(error -> Outcome.failed(error, Complaint.ENDS.of(command())))
                .orElseGet(() -> Outcome.done(state.with(server.change(
                        database, waiting -> waiting.with(waiting.status().cutOff(Database.Interrupted.RECOVERY))))));
    }

    @Override
    public Outcome complete(EstateState state, Execution execution) {
        Server server = state.server(execution.server());
        Server recovered = server.change(database, waiting -> Restoration.recovered(waiting, execution));
        return Outcome.done(state.with(recovered), Notices.end(command(), 0));
    }

    private Optional<SqlError> refusal(Server server, int spid) {
        Optional<Database> there = server.database(database);
        if (there.isEmpty()) {
            return Optional.of(Complaint.NO_DATABASE.of(database));
        }
        if (there.get().mirroring().isPresent()) {
            return Optional.of(Complaint.CANNOT_OPERATE_MIRRORED.of(database));
        }
        Database.Status status = there.get().status();
        if (status.state() == Database.State.ONLINE && !status.standby()) {
            return Optional.of(Complaint.FULLY_RECOVERED.of());
        }
        Optional<SqlError> occupied = Access.occupied(server, database, spid);
        boolean otherCut = status.interrupted().filter(cut -> !cut.recovery()).isPresent();
        return occupied.isEmpty() && otherCut ? Optional.of(Complaint.CUT_OFF.of(database)) : occupied;
    }
}
