package dev.runbook.state;

/** Where a step stands. */
public enum StepStatus {
    /** Its turn has not come. */
    AHEAD,
    /** Its turn has come; nothing was changed. */
    BEGUN,
    /** An attempt began and did not end: nobody knows whether it happened. */
    STARTED,
    /** An attempt failed for certain, and the next one is to come. */
    BETWEEN_ATTEMPTS,
    /** Nobody could find out whether it happened. */
    IN_DOUBT,
    /** Not needed, or left out by a person. */
    SKIPPED,
    /** It had been done before. */
    ALREADY_DONE,
    /** Done, by this run, or by hand as a person says. */
    DONE,
    /** Failed. */
    FAILED,
    /** Taken back. */
    UNDONE,
    /** Left as it is by a rollback: nothing has to be taken back. */
    LEFT,
    /** Could not be taken back. */
    UNDO_FAILED;

    /** Whether the run may continue after it. */
    public boolean isFinished() {
        return this == SKIPPED || this == ALREADY_DONE || this == DONE;
    }

    /** Whether nothing more comes by itself. */
    boolean isEnd() {
        return isFinished() || this == FAILED || this == UNDONE || this == LEFT || this == UNDO_FAILED;
    }

    /** Whether its turn has come, and it is at no end. */
    public boolean isUnderWay() {
        return this == BEGUN || this == STARTED || this == BETWEEN_ATTEMPTS;
    }

    /** Whether it is open if it happened. */
    public boolean isDoubtful() {
        return this == STARTED || this == IN_DOUBT;
    }
}
