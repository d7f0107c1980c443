package dev.runbook.engine;

import java.time.Duration;

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
