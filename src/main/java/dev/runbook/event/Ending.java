package dev.runbook.event;

/** How a process leaves a run. */
public enum Ending {
    /** Every step is done, skipped or was already done. */
    DONE,
    /** Failed; nothing was changed by this run. */
    FAILED_UNCHANGED,
    /** Failed; changes of this run remain. */
    FAILED_CHANGED,
    /** A person said no. */
    DECLINED,
    /** A person stops here for now. */
    PAUSED,
    /** Nobody knows whether a step happened. */
    IN_DOUBT,
    /** A question is open and there is nobody to answer it. */
    NEEDS_ANSWER,
    /** All that was started is taken back. */
    ROLLED_BACK,
    /** Something could not be taken back. */
    ROLLBACK_INCOMPLETE,
    /** Somebody interrupted it. */
    INTERRUPTED,
    /** Somebody said afterwards that nobody goes on with it. */
    CLOSED;

    /** Whether the run is over for good. */
    public boolean isOver() {
        return this == DONE || this == ROLLED_BACK || this == CLOSED;
    }
}
