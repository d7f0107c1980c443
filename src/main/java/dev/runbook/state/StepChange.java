package dev.runbook.state;

import dev.runbook.event.Decision;
import dev.runbook.event.RunEvent;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What an event does to where a step stands. */
public enum StepChange {
    /** Its turn comes. */
    BEGIN,
    /** An attempt begins. */
    ATTEMPT,
    /** An attempt failed for certain. */
    ATTEMPT_FAILED,
    /** An attempt ended, and nobody knows how. */
    ATTEMPT_UNKNOWN,
    /** It is not needed, or left out. */
    SKIP,
    /** It had been done before. */
    FIND_DONE,
    /** It is done. */
    FINISH,
    /** It failed. */
    FAIL,
    /** Nobody can find out whether it happened. */
    DOUBT,
    /** A person has it run again. */
    RETRY,
    /** It is taken back. */
    UNDO,
    /** It cannot be taken back. */
    UNDO_FAIL;

    private static final Map<Class<? extends RunEvent>, StepChange> BY_EVENT = Map.of(
            RunEvent.StepBegun.class, BEGIN,
            RunEvent.StepSkipped.class, SKIP,
            RunEvent.StepAlreadyDone.class, FIND_DONE,
            RunEvent.StepDone.class, FINISH,
            RunEvent.StepFailed.class, FAIL,
            RunEvent.StepInDoubt.class, DOUBT,
            RunEvent.StepUndone.class, UNDO,
            RunEvent.UndoFailed.class, UNDO_FAIL);

    /** What the event does to its step; empty where it does nothing to where the step stands. */
    public static Optional<StepChange> of(RunEvent event) {
        if (event instanceof RunEvent.AttemptStarted attempt) {
            return Optional.of(ATTEMPT).filter(unused -> !attempt.work().isUndo());
        }
        if (event instanceof RunEvent.AttemptFailed failed) {
            return Optional.of(failed.trouble().unknown() ? ATTEMPT_UNKNOWN : ATTEMPT_FAILED)
                    .filter(unused -> !failed.work().isUndo());
        }
        if (event instanceof RunEvent.Decided decided) {
            return Optional.of(RETRY).filter(unused -> decided.decision() == Decision.RETRY);
        }
        return Optional.ofNullable(BY_EVENT.get(event.getClass()));
    }

    /** The step that an event with a change speaks of. */
    static String stepOf(RunEvent event) {
        if (event instanceof RunEvent.AttemptStarted attempt) {
            return attempt.work().step();
        }
        return event instanceof RunEvent.AttemptFailed failed ? failed.work().step() : ((RunEvent.OfStep) event).step();
    }

    /** The words in a diagram. */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
