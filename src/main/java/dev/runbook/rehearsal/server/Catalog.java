package dev.runbook.rehearsal.server;

import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.tds.Backend.Session;
import dev.runbook.rehearsal.tds.Column;
import dev.runbook.rehearsal.tds.SqlError;
import java.util.List;

/** Answers what only reads: SELECT and WITH on the catalogue views and the tables of msdb. */
public interface Catalog {
    /**
     * Evaluates one query. Whether a user database may be read at all was decided before.
     *
     * @param state to be looked at
     * @param asking where the query runs
     * @param sql one SELECT or WITH, as the client sent it
     * @param parameters of a prepared statement; empty for plain text
     */
    Answer query(EstateState state, Asking asking, String sql, List<Session.Parameter> parameters);

    /**
     * Where a query runs.
     *
     * @param server as {@code @@SERVERNAME} tells it
     * @param spid of the asking session
     * @param database in which it is
     */
    record Asking(String server, int spid, String database) {}

    /** The answer. */
    sealed interface Answer {
        /**
         * A result.
         *
         * @param columns with their types
         * @param rows values as {@link Column.Type} says, null allowed
         */
        record Rows(List<Column> columns, List<List<Object>> rows) implements Answer {}

        /** What the server would say instead: 208 for an unknown name, 207 for an unknown column, 102 for bad syntax. */
        record Refused(SqlError error) implements Answer {}
    }
}
