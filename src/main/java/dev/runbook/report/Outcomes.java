package dev.runbook.report;

import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent;
import dev.runbook.event.RunEvent.StepAlreadyDone;
import dev.runbook.event.RunEvent.StepDone;
import dev.runbook.event.RunEvent.StepFailed;
import dev.runbook.event.RunEvent.StepInDoubt;
import dev.runbook.event.RunEvent.StepLeft;
import dev.runbook.event.RunEvent.StepSkipped;
import dev.runbook.event.RunEvent.StepUndone;
import dev.runbook.event.RunEvent.UndoFailed;
import dev.runbook.report.StepTrack.Outcome;
import java.util.Set;

/** The words and colours of how steps and runs end. */
public final class Outcomes {
    private static final Set<Class<? extends RunEvent>> ENDS = Set.of(
            StepDone.class,
            StepAlreadyDone.class,
            StepSkipped.class,
            StepFailed.class,
            StepInDoubt.class,
            StepUndone.class,
            StepLeft.class,
            UndoFailed.class);

    private Outcomes() {}

    /** Whether an event ends a step, for now or for good. */
    static boolean endsStep(RunEvent event) {
        return ENDS.contains(event.getClass());
    }

    static String paint(Outcome outcome, Paint paint, String text) {
        return switch (outcome) {
            case DONE, UNDONE -> paint.good(text);
            case ALREADY_DONE, SKIPPED, NOT_RUN -> paint.faint(text);
            case UNDER_WAY, BY_HAND, LEFT -> paint.notable(text);
            case FAILED, IN_DOUBT, NOT_UNDONE -> paint.bad(text);
        };
    }

    static String paint(Ending ending, Paint paint, String text) {
        return switch (ending) {
            case DONE, ROLLED_BACK -> paint.good(text);
            case FAILED_UNCHANGED, FAILED_CHANGED, IN_DOUBT, ROLLBACK_INCOMPLETE -> paint.bad(text);
            case DECLINED, PAUSED, NEEDS_ANSWER, INTERRUPTED -> paint.notable(text);
        };
    }

    /** How a run ended, in a sentence. */
    public static String sentence(Ending ending) {
        return switch (ending) {
            case DONE -> "DONE.";
            case FAILED_UNCHANGED -> "FAILED. This run changed nothing.";
            case FAILED_CHANGED -> "FAILED. What this run changed is not taken back.";
            case DECLINED -> "STOPPED, because the answer was not yes.";
            case PAUSED -> "PAUSED.";
            case IN_DOUBT -> "STOPPED IN DOUBT. Nobody knows yet whether a step happened.";
            case NEEDS_ANSWER -> "STOPPED. A question needs an answer, and there is nobody to ask.";
            case ROLLED_BACK -> "ROLLED BACK. What this run had changed is taken back.";
            case ROLLBACK_INCOMPLETE -> "ROLLBACK INCOMPLETE. Something could not be taken back.";
            case INTERRUPTED -> "INTERRUPTED.";
        };
    }
}
