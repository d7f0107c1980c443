package dev.runbook.engine;

import dev.runbook.endpoint.Endpoints;
import dev.runbook.endpoint.Operator;
import dev.runbook.endpoint.Pause;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * All that a run touches besides its journal.
 *
 * @param endpoints servers, shells, files
 * @param operator who answers
 * @param clock tells the time
 * @param nanos counts on whatever is done to the clock: how long something is waited for goes by this
 * @param pause lets it pass
 * @param random varies pauses
 * @param watcher sees what passes
 * @param control lets somebody end the run
 */
public record World(
        Endpoints endpoints,
        Operator operator,
        Clock clock,
        LongSupplier nanos,
        Pause pause,
        RandomGenerator random,
        Watcher watcher,
        RunControl control) {

    /** Sees what passes while a run waits or works, and is not worth a line in the journal. Never blocks for long. */
    public interface Watcher {
        /** Sees nothing. */
        Watcher NONE = new Watcher() {};

        /** So much of the step's action is done; {@code total} is 0 where nobody knows. */
        default void advanced(String step, long done, long total, String unit) {}

        /** The other side says something that is neither an error nor a row. */
        default void said(String step, String message) {}

        /** The run waits for a condition, for so long at most; {@code why} it is not so yet, as a sentence. */
        default void waiting(String step, String condition, String why, Duration left) {}

        /** The run pauses before the next attempt. */
        default void pausing(String step, int nextAttempt, Duration time) {}
    }
}
