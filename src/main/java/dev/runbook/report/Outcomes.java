package dev.runbook.report;

import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent;
import dev.runbook.state.RunState;
import dev.runbook.state.StepState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The words and colours of how steps and runs end. */
final class Outcomes {
    private static final String BY_HAND = "BY HAND";
    private static final String FOUND_DONE = "already done";
    /** Of steps, in the order in which they are counted. */
    static final List<String> WORDS = List.of(
            "done",
            FOUND_DONE,
            BY_HAND,
            "skipped",
            "FAILED",
            "IN DOUBT",
            "undone",
            "left as it is",
            "NOT UNDONE",
            "begun",
            "not run");

    private Outcomes() {}

    /** How a step stands, in the word that is shown. */
    static String word(StepState step) {
        return switch (step.status()) {
            case DONE -> step.isByHand() ? BY_HAND : step.course().found() ? FOUND_DONE : "done";
            case ALREADY_DONE -> FOUND_DONE;
            case SKIPPED -> "skipped";
            case FAILED -> "FAILED";
            case IN_DOUBT -> "IN DOUBT";
            case UNDONE -> "undone";
            case LEFT -> "left as it is";
            case UNDO_FAILED -> "NOT UNDONE";
            case BEGUN, STARTED, BETWEEN_ATTEMPTS -> "begun";
            case AHEAD -> "not run";
        };
    }

    static String paint(StepState step, Paint paint, String text) {
        return switch (step.status()) {
            case DONE ->
                step.isByHand() ? paint.notable(text) : step.course().found() ? paint.faint(text) : paint.good(text);
            case UNDONE -> paint.good(text);
            case ALREADY_DONE, SKIPPED, AHEAD -> paint.faint(text);
            case BEGUN, STARTED, BETWEEN_ATTEMPTS, LEFT -> paint.notable(text);
            case FAILED, IN_DOUBT, UNDO_FAILED -> paint.bad(text);
        };
    }

    static String paint(Ending ending, Paint paint, String text) {
        return switch (ending) {
            case DONE, ROLLED_BACK -> paint.good(text);
            case FAILED_UNCHANGED, FAILED_CHANGED, IN_DOUBT, ROLLBACK_INCOMPLETE -> paint.bad(text);
            case DECLINED, PAUSED, NEEDS_ANSWER, INTERRUPTED, CLOSED -> paint.notable(text);
        };
    }

    /** Why a step was skipped, done by hand or left as it is, and by whom; empty where it was not. */
    static String reason(StepState step) {
        return step.note().map(note -> said(note, step.person())).orElse("");
    }

    /** Why a step ended otherwise than written, and who wanted that, as the event tells it. */
    static String reason(RunEvent event) {
        if (event instanceof RunEvent.StepSkipped skipped) {
            return said(skipped.reason(), skipped.by());
        }
        if (event instanceof RunEvent.StepDone done) {
            return done.byHand().map(why -> said(why, done.by())).orElse("");
        }
        return event instanceof RunEvent.StepLeft left ? left.reason() : "";
    }

    private static String said(String reason, Optional<String> by) {
        return by.map(person -> "by " + person + (reason.isBlank() ? "" : ": " + reason))
                .orElse(reason);
    }

    /** How the run ended, in a sentence; what did not go as written, or was left by a rollback, is named in it. */
    static String headline(RunState run, Ending ending) {
        List<String> exceptions = new ArrayList<>();
        if (ending == Ending.DONE) {
            named(run.skippedByPersons(), " skipped by a person").ifPresent(exceptions::add);
            named(run.byHand(), " done by hand").ifPresent(exceptions::add);
        }
        if (ending == Ending.ROLLED_BACK) {
            named(run.leftAsTheyAre(), " left as it is").ifPresent(exceptions::add);
            named(run.byHand(), " done by hand").ifPresent(exceptions::add);
        }
        String word = ending == Ending.DONE ? "DONE" : "ROLLED BACK";
        return exceptions.isEmpty()
                ? sentence(ending)
                : word + ", WITH EXCEPTIONS: " + String.join("; ", exceptions) + ".";
    }

    private static Optional<String> named(List<String> ids, String how) {
        return ids.isEmpty()
                ? Optional.empty()
                : Optional.of((ids.size() == 1 ? "step " : "steps ") + String.join(", ", ids) + how);
    }

    /** How a run ended, in a sentence. */
    static String sentence(Ending ending) {
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
            case CLOSED -> "CLOSED. Nobody goes on with this run.";
        };
    }
}
