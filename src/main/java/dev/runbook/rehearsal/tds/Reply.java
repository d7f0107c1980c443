package dev.runbook.rehearsal.tds;

import java.util.List;

/**
 * Carries one answer back over the wire, piece by piece. Once the client cancelled or is gone, whatever is said is silently
 * left out.
 */
public interface Reply {
    /** A result with all of its rows; values as {@link Column.Type} says, null allowed. */
    void result(List<Column> columns, List<List<Object>> rows);

    /** The count of a statement without a result, negative where nothing was counted; ends the statement. */
    void done(long count);

    /** An error, or information; sent at once, so that progress arrives while the statement still runs. */
    void message(SqlError error);

    /** Whether the client asked to stop or is gone. The session then stops and returns; the wire says the rest. */
    boolean isCancelled();

    /** Breaks the connection without another word, as a failing network would. */
    void drop();
}
