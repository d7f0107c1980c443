package dev.runbook.event;

/** How a person goes on with a step that failed or is in doubt. */
public enum Decision {
    /** The step starts again. */
    RETRY,
    /** The step is left out. */
    SKIP,
    /** A variable gets another value, and the step starts again. */
    CHANGE,
    /** The step was done by hand, or is known to have happened. */
    DONE_BY_HAND,
    /** All that was started is taken back. */
    ROLL_BACK,
    /** The run stops here and may be resumed. */
    PAUSE
}
