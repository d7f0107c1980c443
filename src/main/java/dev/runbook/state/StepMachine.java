package dev.runbook.state;

import static dev.runbook.state.StepMachine.Change.ATTEMPT;
import static dev.runbook.state.StepMachine.Change.ATTEMPT_FAILED;
import static dev.runbook.state.StepMachine.Change.ATTEMPT_UNKNOWN;
import static dev.runbook.state.StepMachine.Change.BEGIN;
import static dev.runbook.state.StepMachine.Change.DOUBT;
import static dev.runbook.state.StepMachine.Change.FAIL;
import static dev.runbook.state.StepMachine.Change.FIND_DONE;
import static dev.runbook.state.StepMachine.Change.FINISH;
import static dev.runbook.state.StepMachine.Change.RETRY;
import static dev.runbook.state.StepMachine.Change.SKIP;
import static dev.runbook.state.StepMachine.Change.UNDO;
import static dev.runbook.state.StepMachine.Change.UNDO_FAIL;
import static dev.runbook.state.StepMachine.Who.OPERATOR;
import static dev.runbook.state.StepMachine.Who.RUN;
import static dev.runbook.state.StepStatus.AHEAD;
import static dev.runbook.state.StepStatus.ALREADY_DONE;
import static dev.runbook.state.StepStatus.BEGUN;
import static dev.runbook.state.StepStatus.BETWEEN_ATTEMPTS;
import static dev.runbook.state.StepStatus.DONE;
import static dev.runbook.state.StepStatus.FAILED;
import static dev.runbook.state.StepStatus.IN_DOUBT;
import static dev.runbook.state.StepStatus.SKIPPED;
import static dev.runbook.state.StepStatus.STARTED;
import static dev.runbook.state.StepStatus.UNDONE;
import static dev.runbook.state.StepStatus.UNDO_FAILED;

import dev.runbook.event.Decision;
import dev.runbook.event.RunEvent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Where a step may go from where it stands: the whole state machine, as data. What is not here cannot happen. */
public final class StepMachine {
    /** What an event does to where a step stands. */
    public enum Change {
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

        private static final Map<Class<? extends RunEvent>, Change> BY_EVENT = Map.of(
                RunEvent.StepBegun.class, BEGIN,
                RunEvent.StepSkipped.class, SKIP,
                RunEvent.StepAlreadyDone.class, FIND_DONE,
                RunEvent.StepDone.class, FINISH,
                RunEvent.StepFailed.class, FAIL,
                RunEvent.StepInDoubt.class, DOUBT,
                RunEvent.StepUndone.class, UNDO,
                RunEvent.UndoFailed.class, UNDO_FAIL);

        /** What the event does to its step; empty where it does nothing to where the step stands. */
        public static Optional<Change> of(RunEvent event) {
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
            return event instanceof RunEvent.AttemptFailed failed
                    ? failed.work().step()
                    : ((RunEvent.OfStep) event).step();
        }

        /** The words in a diagram. */
        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** Who may cause a transition. */
    public enum Who {
        /** The run itself. */
        RUN,
        /** A person, or a decision that a person gave beforehand. */
        OPERATOR
    }

    /**
     * One way on.
     *
     * @param from where the step stands
     * @param change what happens
     * @param to where it stands then
     * @param by who may cause it
     */
    public record Transition(StepStatus from, Change change, StepStatus to, Who by) {}

    /** Every way on. */
    public static final List<Transition> TRANSITIONS = List.of(
            way(AHEAD, BEGIN, BEGUN, RUN),
            way(AHEAD, RETRY, AHEAD, OPERATOR),
            // before anything is changed
            way(BEGUN, BEGIN, BEGUN, RUN),
            way(BEGUN, SKIP, SKIPPED, RUN),
            way(BEGUN, FIND_DONE, ALREADY_DONE, RUN),
            way(BEGUN, FINISH, DONE, RUN),
            way(BEGUN, FAIL, FAILED, RUN),
            way(BEGUN, RETRY, AHEAD, OPERATOR),
            way(BEGUN, ATTEMPT_FAILED, BEGUN, RUN),
            way(BEGUN, ATTEMPT, STARTED, RUN),
            // an attempt is under way, or was when the run was cut off
            way(STARTED, FINISH, DONE, RUN),
            way(STARTED, ATTEMPT_FAILED, BETWEEN_ATTEMPTS, RUN),
            way(STARTED, ATTEMPT_UNKNOWN, STARTED, RUN),
            way(STARTED, ATTEMPT, STARTED, RUN),
            way(STARTED, FAIL, FAILED, RUN),
            way(STARTED, DOUBT, IN_DOUBT, RUN),
            way(STARTED, RETRY, BETWEEN_ATTEMPTS, OPERATOR),
            way(STARTED, UNDO, UNDONE, OPERATOR),
            way(STARTED, UNDO_FAIL, UNDO_FAILED, OPERATOR),
            // there is another attempt: the outcome of the last one is known, or a person wants it in spite of that
            way(BETWEEN_ATTEMPTS, ATTEMPT, STARTED, RUN),
            way(BETWEEN_ATTEMPTS, ATTEMPT_FAILED, BETWEEN_ATTEMPTS, RUN),
            way(BETWEEN_ATTEMPTS, FINISH, DONE, RUN),
            way(BETWEEN_ATTEMPTS, FAIL, FAILED, RUN),
            way(BETWEEN_ATTEMPTS, DOUBT, IN_DOUBT, RUN),
            way(BETWEEN_ATTEMPTS, RETRY, BETWEEN_ATTEMPTS, OPERATOR),
            way(BETWEEN_ATTEMPTS, SKIP, SKIPPED, OPERATOR),
            way(BETWEEN_ATTEMPTS, UNDO, UNDONE, OPERATOR),
            way(BETWEEN_ATTEMPTS, UNDO_FAIL, UNDO_FAILED, OPERATOR),
            // nobody could find out
            way(IN_DOUBT, DOUBT, IN_DOUBT, RUN),
            way(IN_DOUBT, FINISH, DONE, OPERATOR),
            way(IN_DOUBT, RETRY, BETWEEN_ATTEMPTS, OPERATOR),
            way(IN_DOUBT, ATTEMPT, STARTED, RUN),
            way(IN_DOUBT, ATTEMPT_FAILED, BETWEEN_ATTEMPTS, RUN),
            way(IN_DOUBT, UNDO, UNDONE, OPERATOR),
            way(IN_DOUBT, UNDO_FAIL, UNDO_FAILED, OPERATOR),
            // it failed
            way(FAILED, BEGIN, BEGUN, OPERATOR),
            way(FAILED, RETRY, AHEAD, OPERATOR),
            way(FAILED, SKIP, SKIPPED, OPERATOR),
            way(FAILED, FINISH, DONE, OPERATOR),
            way(FAILED, FAIL, FAILED, OPERATOR),
            way(FAILED, UNDO, UNDONE, OPERATOR),
            way(FAILED, UNDO_FAIL, UNDO_FAILED, OPERATOR),
            // the run may go on behind it
            way(DONE, RETRY, AHEAD, OPERATOR),
            way(DONE, UNDO, UNDONE, OPERATOR),
            way(DONE, UNDO_FAIL, UNDO_FAILED, OPERATOR),
            way(ALREADY_DONE, RETRY, AHEAD, OPERATOR),
            way(SKIPPED, RETRY, AHEAD, OPERATOR),
            way(SKIPPED, UNDO, UNDONE, OPERATOR),
            way(SKIPPED, UNDO_FAIL, UNDO_FAILED, OPERATOR),
            // behind a rollback that ended at a point of no return, the run may go forward again
            way(UNDONE, BEGIN, BEGUN, OPERATOR),
            // the way back is walked again after it was cut off
            way(UNDO_FAILED, RETRY, UNDO_FAILED, OPERATOR),
            way(UNDO_FAILED, UNDO, UNDONE, OPERATOR),
            way(UNDO_FAILED, UNDO_FAIL, UNDO_FAILED, OPERATOR));

    private StepMachine() {}

    /** Where the step goes; empty where it may not. */
    public static Optional<StepStatus> next(StepStatus from, Change change) {
        return TRANSITIONS.stream()
                .filter(way -> way.from() == from && way.change() == change)
                .findFirst()
                .map(Transition::to);
    }

    private static Transition way(StepStatus from, Change change, StepStatus to, Who by) {
        return new Transition(from, change, to, by);
    }
}
