package dev.runbook.rehearsal.tds;

import java.util.List;

/** What stands behind the wire of one simulated server. Called by a thread for each connection. */
public interface Backend {
    /** Lets somebody in or not. */
    Admission admit(Login login);

    /**
     * Who asks to be let in.
     *
     * @param user empty for integrated security
     * @param password as typed
     * @param program the name the client gives itself
     * @param workstation the computer of the client
     * @param database that is asked for; empty for the default one
     */
    record Login(String user, String password, String program, String workstation, String database) {}

    /** The answer to a login. */
    sealed interface Admission {
        /** Come in. */
        record Granted(Session session) implements Admission {}

        /** No: an error token with this number, then the connection ends. */
        record Refused(SqlError error) implements Admission {}
    }

    /**
     * One connection that was let in. Statements come from one thread at a time; the end of the connection comes from another
     * one, at any moment.
     */
    public interface Session extends AutoCloseable {
        /**
         * Runs one batch and says what happens to the reply, in the order in which it happens.
         *
         * @param sql the text, parameters as {@code @P0}
         * @param parameters of a prepared statement, in the order of their declaration; empty for a plain batch
         * @param reply hears rows, messages and errors; asks it {@link Reply#isCancelled()} in anything that takes time
         */
        void run(String sql, List<Parameter> parameters, Reply reply);

        /**
         * The connection is gone, by a farewell or without one. Called exactly once, as soon as the client's socket ends, also
         * while {@link #run} is under way; its reply is cancelled then too, though perhaps a moment later.
         */
        @Override
        void close();

        /**
         * A bound value.
         *
         * @param name with {@code @}
         * @param value a String, Boolean, Integer, Long, BigDecimal, Double, LocalDate, LocalDateTime, UUID, byte array, or null
         */
        record Parameter(String name, Object value) {}
    }

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
}
