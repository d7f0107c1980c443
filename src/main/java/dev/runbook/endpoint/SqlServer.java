package dev.runbook.endpoint;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import java.util.Map;

/**
 * One SQL Server, over one connection that is opened when it is first needed and kept. Database {@code master}, autocommit.
 * No call ever sends a statement twice. Not safe for use by several threads, except that a {@link Cancellation} may be
 * requested from any.
 */
public interface SqlServer extends AutoCloseable {
    /** The code of a server of which the network says that it is not there. */
    String UNREACHABLE = "unreachable";

    /**
     * Asks. Every result and warning is read to its end; the rows are those of the first result.
     *
     * @param sql one statement that changes nothing
     */
    Answer query(String sql, Limits limits);

    /**
     * Runs one batch. Every result and warning is read to its end before it counts as done.
     *
     * @param sql the batch, without {@code GO}
     */
    Answer execute(String sql, Limits limits);

    /**
     * Runs a stored procedure with values bound by the driver. A return code other than 0 is a failure of code
     * {@code return-code}.
     *
     * @param procedure its name, up to three parts
     * @param parameters by name, without {@code @}
     */
    Answer call(String procedure, Map<String, Value> parameters, Limits limits);

    /**
     * Whether it answers: one row when it does; a failure of the code {@link #UNREACHABLE} when the network says that it is
     * not there; any other failure when that cannot be told: it refuses, is another one than was named, or nobody knows its
     * name.
     */
    Answer reach(Limits limits);

    /**
     * The sessions that this run left on the server and that still work there, other than the current one. A row has at least
     * {@code session_id} and {@code command}.
     */
    Answer oldSessions(Limits limits);

    /**
     * Takes an exclusive lock of that name in {@code master} ({@code sp_getapplock}), without waiting. It belongs to the
     * connection and ends with it: after a failure with code {@code connection-lost} it is gone, and is not taken again by
     * itself. One row: {@code granted}, and where that is false as much of the holder as can be seen: {@code session_id},
     * {@code program}, {@code host}, {@code login}, {@code since} (when it logged in).
     *
     * @param name letters, digits, blanks, {@code -} and {@code .}, at most 32
     */
    Answer lock(String name, Limits limits);

    /** Gives a lock back. One that is not held is a failure. */
    Answer release(String name, Limits limits);

    /** Ends the connection. Calling it again does nothing; the next question opens a new one. */
    @Override
    void close();

    /** A row of which nothing but the presence counts. */
    static Row present(String name) {
        return Row.of("answers", Value.of(name));
    }
}
