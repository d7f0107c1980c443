package dev.runbook.rehearsal.sqlserver.session;

import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.EstateStore;
import dev.runbook.rehearsal.sqlserver.Catalog;
import dev.runbook.rehearsal.sqlserver.Outcome;
import dev.runbook.rehearsal.sqlserver.statement.Mirrorings;
import dev.runbook.rehearsal.tds.Column;
import dev.runbook.rehearsal.tds.Reply;
import dev.runbook.rehearsal.tds.SqlError;
import java.util.List;
import java.util.function.Consumer;

/**
 * Puts outcomes into the state and says them to the client, with the line of the statement.
 *
 * @param reply to the client
 * @param line of the statement
 * @param silent whether the answer gets lost on its way
 * @param procedure whose statement it is; empty for one of the batch itself
 * @param heard is told every message too
 */
record Answering(Reply reply, int line, boolean silent, String procedure, Consumer<SqlError> heard) {
    private static final int NO_COUNT = -1;

    /** What a change of the state comes to: mirrors follow, a failure changes nothing. */
    static EstateStore.Changed<Outcome> changed(Own own, EstateState before, Outcome outcome) {
        return outcome instanceof Outcome.Done done
                ? new EstateStore.Changed<>(own.remembering(before, Mirrorings.follow(done.state())), outcome)
                : new EstateStore.Changed<>(before, outcome);
    }

    /** Says an outcome. */
    void say(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            say(failed.errors());
        } else if (outcome instanceof Outcome.Done done) {
            say(done.messages());
            if (done.rows().isPresent()) {
                say(done.rows().get());
            } else {
                end();
            }
        }
    }

    void say(Catalog.Answer.Rows rows) {
        say(rows.columns(), rows.rows());
    }

    void say(List<Column> columns, List<List<Object>> rows) {
        if (!silent) {
            reply.result(columns, rows);
        }
    }

    void say(List<SqlError> messages) {
        messages.forEach(this::say);
    }

    void say(SqlError message) {
        say(message, procedure);
    }

    /** Says what arose in a procedure, which counts lines of its own. */
    void say(SqlError message, String inProcedure) {
        boolean own = inProcedure.equals(procedure);
        SqlError placed = message.at(own ? line : 1, inProcedure);
        heard.accept(placed);
        if (!silent) {
            reply.message(placed);
        }
    }

    /** Ends a statement that has no result. */
    void end() {
        if (!silent) {
            reply.done(NO_COUNT);
        }
    }
}
