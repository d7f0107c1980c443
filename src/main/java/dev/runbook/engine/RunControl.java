package dev.runbook.engine;

import dev.runbook.endpoint.Cancellation;
import java.util.Optional;

/** Lets another thread end a run: softly, after the step, or hard, in the middle of it. */
public final class RunControl {
    private final Cancellation cancellation = new Cancellation();
    private volatile boolean stopAfterStep;
    private volatile Optional<Unsafe> unsafe = Optional.empty();
    private volatile Runnable over = () -> {};

    /**
     * Something under way that must not be cut off in the middle.
     *
     * @param step its step
     * @param target where it was sent
     * @param text what was sent
     * @param why what it costs to cut it off, in the author's words
     */
    public record Unsafe(String step, String target, String text, String why) {}

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
    Cancellation cancellation() {
        return cancellation;
    }

    /** The run goes on after all, unless its step was cancelled. */
    public void withdraw() {
        stopAfterStep = isCancelled();
    }

    /** What is under way now and must not be cut off; empty while there is no such thing. */
    public Optional<Unsafe> unsafe() {
        return unsafe;
    }

    /**
     * Whoever asks whether to cut it off hears when there is nothing to be cut off any more.
     *
     * @param action runs on the thread of the run
     */
    public void whenOver(Runnable action) {
        over = action;
    }

    /** From here to the next call this is under way. */
    void underWay(Optional<Unsafe> action) {
        boolean ends = unsafe.isPresent() && action.isEmpty();
        unsafe = action;
        if (ends) {
            over.run();
        }
    }
}
