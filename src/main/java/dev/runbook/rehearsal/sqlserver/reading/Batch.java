package dev.runbook.rehearsal.sqlserver.reading;

import dev.runbook.rehearsal.sqlserver.statement.Statement;
import dev.runbook.rehearsal.tds.SqlError;
import java.util.List;

/** What a batch turned out to be. Nothing of it runs unless all of it was understood, as on a real server. */
public sealed interface Batch {
    /**
     * It was understood.
     *
     * @param statements in their order
     */
    record Understood(List<Placed> statements) implements Batch {
        /** Copies the statements. */
        public Understood {
            statements = List.copyOf(statements);
        }
    }

    /** It was not. */
    record Refused(SqlError error) implements Batch {}

    /**
     * A statement, and where it stands.
     *
     * @param statement read
     * @param sql as written
     * @param line of the batch, counted from 1
     */
    record Placed(Statement statement, String sql, int line) {}
}
