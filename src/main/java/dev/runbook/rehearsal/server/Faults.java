package dev.runbook.rehearsal.server;

import dev.runbook.rehearsal.tds.SqlError;
import java.util.Optional;

/** Says what goes wrong. Asked once for each statement, before it is looked at. */
@FunctionalInterface
public interface Faults {
    /** Nothing goes wrong. */
    Faults NONE = (server, statement) -> Optional.empty();

    /**
     * What goes wrong with a statement.
     *
     * @param server as {@code @@SERVERNAME} tells it
     * @param statement its text, a prepared call as {@code EXEC procedure @a = @P0}
     * @return empty when nothing does. A fault that happens only once is used up by this answer
     */
    Optional<Fault> strike(String server, String statement);

    /** What can go wrong. */
    sealed interface Fault {
        /** The statement fails before it does anything. */
        record ErrorBefore(SqlError error) implements Fault {}

        /** The statement takes effect, then the connection breaks before the answer. */
        record AnswerLost() implements Fault {}

        /** The connection breaks before the statement does anything. */
        record Drop() implements Fault {}

        /** Nothing comes back until the client gives up; the statement does nothing. */
        record Hang() implements Fault {}

        /**
         * The disk is full that the statement writes to: 3202 for the file of a backup, 3257 for the files of a database that is
         * restored, 5149 where they have to grow, 9002 for a transaction log. Nothing goes wrong with what writes nothing.
         */
        record DiskFull() implements Fault {}
    }
}
