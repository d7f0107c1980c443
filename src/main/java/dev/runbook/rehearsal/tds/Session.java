package dev.runbook.rehearsal.tds;

import java.util.List;

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
