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
 * DROP DATABASE of one database; one that is RESTORING may go too.
 *
 * @param database its name
 */
public record DropDatabase(String database) implements Statement.AtOnce {
    @Override
    public Outcome apply(EstateState state, Execution execution) {
        Server server = state.server(execution.server());
        Optional<Database> found = server.database(database);
        if (found.isEmpty()) {
            return Outcome.failed(Complaint.DROP_NO_DATABASE.of(database));
        }
        if (found.get().mirroring().isPresent()) {
            return Outcome.failed(Complaint.DROP_MIRRORED.of(database));
        }
        return server.sessions().in(database).isEmpty()
                ? Outcome.done(state.with(server.without(database)))
                : Outcome.failed(Complaint.DROP_IN_USE.of(database));
    }

    @Override
    public SqlError forbidden() {
        return Complaint.DROP_NO_DATABASE.of(database);
    }
}
