package dev.runbook.engine;

import dev.runbook.endpoint.Cancellation;

/** Lets another thread end a run: softly, after the step, or hard, in the middle of it. */
public final class RunControl {
    private final Cancellation cancellation = new Cancellation();
    private volatile boolean stopAfterStep;

    /** The first request stops the run behind the step that runs now, every further one cancels that step. */
    public void interrupt() {
        if (stopAfterStep) {
            cancel();
        }
        stopAfterStep = true;
    }

    /** Cancels the step that runs now. */
    public void cancel() {
        stopAfterStep = true;
        cancellation.request();
    }

    /** Whether the run should go no further. */
    public boolean isStopRequested() {
        return stopAfterStep;
    }

    /** Whether the step that runs now was cancelled. */
    public boolean isCancelled() {
        return cancellation.isRequested();
    }

    /** For what can be cancelled. */
    public Cancellation cancellation() {
        return cancellation;
    }
}
