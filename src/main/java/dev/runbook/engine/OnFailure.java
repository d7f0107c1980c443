package dev.runbook.engine;

/** What happens at a failure when there is nobody to decide. */
public enum OnFailure {
    /** The run stops and may be resumed. */
    STOP,
    /** What was started is taken back, unless a point of no return was passed: then the run stops. */
    ROLLBACK
}
