package dev.runbook.endpoint;

import dev.runbook.base.Value;
import java.util.List;
import java.util.Map;

/**
 * One management shell: a process that is started when it is first needed and kept. Not safe for use by several threads,
 * except that a {@link Cancellation} may be requested from any.
 */
public interface Shell extends AutoCloseable {
    /**
     * Runs a cmdlet; its parameters are data, never script.
     *
     * @param cmdlet its exact name
     * @param parameters by name
     * @param select the properties that are read of each object; dotted paths look inside; empty reads nothing of it
     */
    Answer invoke(String cmdlet, Map<String, Value> parameters, List<String> select, Limits limits);

    /** Ends the process and everything it started. Calling it again does nothing; the next call starts a new one. */
    @Override
    void close();
}
