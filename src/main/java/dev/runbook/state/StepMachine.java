package dev.runbook.state;

import static dev.runbook.state.StepMachine.Change.ATTEMPT;
import static dev.runbook.state.StepMachine.Change.ATTEMPT_FAILED;
import static dev.runbook.state.StepMachine.Change.ATTEMPT_UNKNOWN;
import static dev.runbook.state.StepMachine.Change.BEGIN;
import static dev.runbook.state.StepMachine.Change.BY_HAND;
import static dev.runbook.state.StepMachine.Change.DOUBT;
import static dev.runbook.state.StepMachine.Change.FAIL;
import static dev.runbook.state.StepMachine.Change.FIND_DONE;
import static dev.runbook.state.StepMachine.Change.FINISH;
import static dev.runbook.state.StepMachine.Change.LEAVE;
import static dev.runbook.state.StepMachine.Change.REOPEN;
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
import static dev.runbook.state.StepStatus.LEFT;
import static dev.runbook.state.StepStatus.SKIPPED;
import static dev.runbook.state.StepStatus.STARTED;
import static dev.runbook.state.StepStatus.UNDONE;
import static dev.runbook.state.StepStatus.UNDO_FAILED;

import dev.runbook.event.Decision;
import dev.runbook.event.RunEvent;
import dev.runbook.state.StepState.Sent;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a step may go from where it stands, and from what may have been sent: the whole state machine, as data. What is not
 * here cannot happen.
 */
final class StepMachine {
    /** What an event does to where a step stands. */
    enum Change {
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
        /** A person says that it is done by hand. */
        BY_HAND,
        /** It failed. */
        FAIL,
        /** Nobody can find out whether it happened. */
        DOUBT,
        /** A person has it run again. */
        RETRY,
        /** A step before it is taken back, so that what was found here may not be so any more. */
        REOPEN,
        /** It is taken back. */
        UNDO,
        /** It is left as it is: nothing has to be taken back. */
        LEAVE,
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
                RunEvent.StepLeft.class, LEAVE,
                RunEvent.UndoFailed.class, UNDO_FAIL);

        /** What the event does to its step; empty where it does nothing to where the step stands. */
        static Optional<Change> of(RunEvent event) {
            if (event instanceof RunEvent.AttemptStarted attempt) {
                return Optional.of(ATTEMPT).filter(unused -> !attempt.work().isUndo());
            }
            if (event instanceof RunEvent.AttemptFailed failed) {
                return Optional.of(failed.trouble().unknown() ? ATTEMPT_UNKNOWN : ATTEMPT_FAILED)
                        .filter(unused -> !failed.work().isUndo());
            }
            if (event instanceof RunEvent.Decided decided) {
                return Optional.of(RETRY)
                        .filter(unused ->
                                decided.decision() == Decision.RETRY || decided.decision() == Decision.CHANGE);
            }
            if (event instanceof RunEvent.StepDone done && done.byHand().isPresent()) {
                return Optional.of(BY_HAND);
            }
            return Optional.ofNullable(BY_EVENT.get(event.getClass()));
        }

        /** The words in a diagram. */
        String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** Who may cause a transition. */
    enum Who {
        /** The run itself. */
        RUN,
        /** A person, or a decision that a person gave beforehand. */
        OPERATOR
    }

    /**
     * One way on.
     *
     * @param from where the step stands
     * @param sent what may have been sent when that happens
     * @param change what happens
     * @param to where it stands then
     * @param by who may cause it
     */
    record Transition(StepStatus from, Set<Sent> sent, Change change, StepStatus to, Who by) {
        /** Copies the set. */
        Transition {
            sent = Set.copyOf(sent);
        }
    }

    private static final Set<Sent> NOTHING = EnumSet.of(Sent.NOTHING);
    private static final Set<Sent> ANSWERED = EnumSet.of(Sent.ANSWERED);
    private static final Set<Sent> OPEN = EnumSet.of(Sent.OPEN);
    /** Something was sent. */
    private static final Set<Sent> SENT = EnumSet.of(Sent.ANSWERED, Sent.OPEN);
    /** What was sent, if anything was, is known. */
    private static final Set<Sent> KNOWN = EnumSet.of(Sent.NOTHING, Sent.ANSWERED);

    /** Every way on. */
    static final List<Transition> TRANSITIONS = List.of(
            // its turn has not come, or comes again
            way(AHEAD, KNOWN, BEGIN, BEGUN, RUN),
            way(AHEAD, KNOWN, RETRY, AHEAD, OPERATOR),
            way(AHEAD, KNOWN, REOPEN, AHEAD, OPERATOR),
            way(AHEAD, ANSWERED, UNDO, UNDONE, OPERATOR),
            way(AHEAD, ANSWERED, LEAVE, LEFT, OPERATOR),
            way(AHEAD, ANSWERED, UNDO_FAIL, UNDO_FAILED, OPERATOR),
            // before this turn sends anything; an earlier one may have
            way(BEGUN, KNOWN, BEGIN, BEGUN, RUN),
            way(BEGUN, KNOWN, SKIP, SKIPPED, RUN),
            way(BEGUN, NOTHING, FIND_DONE, ALREADY_DONE, RUN),
            way(BEGUN, ANSWERED, FIND_DONE, DONE, RUN),
            way(BEGUN, KNOWN, FINISH, DONE, RUN),
            way(BEGUN, KNOWN, BY_HAND, DONE, OPERATOR),
            way(BEGUN, KNOWN, FAIL, FAILED, RUN),
            way(BEGUN, KNOWN, RETRY, AHEAD, OPERATOR),
            way(BEGUN, KNOWN, REOPEN, AHEAD, OPERATOR),
            way(BEGUN, KNOWN, ATTEMPT_FAILED, BEGUN, RUN),
            way(BEGUN, KNOWN, ATTEMPT, STARTED, RUN),
            way(BEGUN, ANSWERED, UNDO, UNDONE, OPERATOR),
            way(BEGUN, ANSWERED, LEAVE, LEFT, OPERATOR),
            way(BEGUN, ANSWERED, UNDO_FAIL, UNDO_FAILED, OPERATOR),
            // an attempt is under way, or was when the run was cut off; or its end is not known
            way(STARTED, SENT, FINISH, DONE, RUN),
            way(STARTED, SENT, FIND_DONE, DONE, RUN),
            way(STARTED, SENT, BY_HAND, DONE, OPERATOR),
            way(STARTED, ANSWERED, ATTEMPT_FAILED, BETWEEN_ATTEMPTS, RUN),
            way(STARTED, OPEN, ATTEMPT_FAILED, STARTED, RUN),
            way(STARTED, SENT, ATTEMPT_UNKNOWN, STARTED, RUN),
            way(STARTED, SENT, ATTEMPT, STARTED, RUN),
            way(STARTED, ANSWERED, FAIL, FAILED, RUN),
            way(STARTED, ANSWERED, SKIP, SKIPPED, OPERATOR),
            way(STARTED, SENT, DOUBT, IN_DOUBT, RUN),
            way(STARTED, SENT, RETRY, BETWEEN_ATTEMPTS, OPERATOR),
            way(STARTED, SENT, UNDO, UNDONE, OPERATOR),
            way(STARTED, SENT, LEAVE, LEFT, OPERATOR),
            way(STARTED, SENT, UNDO_FAIL, UNDO_FAILED, OPERATOR),
            // there is another attempt: the end of all earlier ones is known, or a person wants it in spite of that
            way(BETWEEN_ATTEMPTS, ANSWERED, ATTEMPT, STARTED, RUN),
            way(BETWEEN_ATTEMPTS, ANSWERED, ATTEMPT_FAILED, BETWEEN_ATTEMPTS, RUN),
            way(BETWEEN_ATTEMPTS, ANSWERED, ATTEMPT_UNKNOWN, STARTED, RUN),
            way(BETWEEN_ATTEMPTS, ANSWERED, FINISH, DONE, RUN),
            way(BETWEEN_ATTEMPTS, ANSWERED, BY_HAND, DONE, OPERATOR),
            way(BETWEEN_ATTEMPTS, ANSWERED, FAIL, FAILED, RUN),
            way(BETWEEN_ATTEMPTS, ANSWERED, DOUBT, IN_DOUBT, RUN),
            way(BETWEEN_ATTEMPTS, ANSWERED, RETRY, BETWEEN_ATTEMPTS, OPERATOR),
            way(BETWEEN_ATTEMPTS, ANSWERED, SKIP, SKIPPED, OPERATOR),
            way(BETWEEN_ATTEMPTS, ANSWERED, UNDO, UNDONE, OPERATOR),
            way(BETWEEN_ATTEMPTS, ANSWERED, LEAVE, LEFT, OPERATOR),
            way(BETWEEN_ATTEMPTS, ANSWERED, UNDO_FAIL, UNDO_FAILED, OPERATOR),
            // whether it happened could not be found out
            way(IN_DOUBT, OPEN, DOUBT, IN_DOUBT, RUN),
            way(IN_DOUBT, OPEN, FINISH, DONE, RUN),
            way(IN_DOUBT, OPEN, BY_HAND, DONE, OPERATOR),
            way(IN_DOUBT, OPEN, RETRY, BETWEEN_ATTEMPTS, OPERATOR),
            way(IN_DOUBT, OPEN, ATTEMPT, STARTED, RUN),
            way(IN_DOUBT, OPEN, ATTEMPT_FAILED, IN_DOUBT, RUN),
            way(IN_DOUBT, OPEN, ATTEMPT_UNKNOWN, IN_DOUBT, RUN),
            way(IN_DOUBT, OPEN, UNDO, UNDONE, OPERATOR),
            way(IN_DOUBT, OPEN, LEAVE, LEFT, OPERATOR),
            way(IN_DOUBT, OPEN, UNDO_FAIL, UNDO_FAILED, OPERATOR),
            // it failed
            way(FAILED, KNOWN, BEGIN, BEGUN, OPERATOR),
            way(FAILED, KNOWN, RETRY, AHEAD, OPERATOR),
            way(FAILED, KNOWN, REOPEN, AHEAD, OPERATOR),
            way(FAILED, KNOWN, SKIP, SKIPPED, OPERATOR),
            way(FAILED, KNOWN, FINISH, DONE, OPERATOR),
            way(FAILED, KNOWN, BY_HAND, DONE, OPERATOR),
            way(FAILED, KNOWN, FAIL, FAILED, OPERATOR),
            way(FAILED, ANSWERED, UNDO, UNDONE, OPERATOR),
            way(FAILED, ANSWERED, LEAVE, LEFT, OPERATOR),
            way(FAILED, ANSWERED, UNDO_FAIL, UNDO_FAILED, OPERATOR),
            // the run may continue after it
            way(DONE, KNOWN, RETRY, AHEAD, OPERATOR),
            way(DONE, NOTHING, REOPEN, AHEAD, OPERATOR),
            way(DONE, ANSWERED, UNDO, UNDONE, OPERATOR),
            way(DONE, ANSWERED, LEAVE, LEFT, OPERATOR),
            way(DONE, ANSWERED, UNDO_FAIL, UNDO_FAILED, OPERATOR),
            way(ALREADY_DONE, NOTHING, RETRY, AHEAD, OPERATOR),
            way(ALREADY_DONE, NOTHING, REOPEN, AHEAD, OPERATOR),
            // its condition holds by now, and a person leaves it out all the same
            way(SKIPPED, NOTHING, SKIP, SKIPPED, OPERATOR),
            way(SKIPPED, KNOWN, RETRY, AHEAD, OPERATOR),
            way(SKIPPED, KNOWN, REOPEN, AHEAD, OPERATOR),
            way(SKIPPED, ANSWERED, UNDO, UNDONE, OPERATOR),
            way(SKIPPED, ANSWERED, LEAVE, LEFT, OPERATOR),
            way(SKIPPED, ANSWERED, UNDO_FAIL, UNDO_FAILED, OPERATOR),
            // after a rollback that ended at a point of no return, the run may go forward again
            way(UNDONE, NOTHING, BEGIN, BEGUN, OPERATOR),
            way(LEFT, NOTHING, BEGIN, BEGUN, OPERATOR),
            // the rollback is walked again after it was cut off
            way(UNDO_FAILED, SENT, RETRY, UNDO_FAILED, OPERATOR),
            way(UNDO_FAILED, SENT, UNDO, UNDONE, OPERATOR),
            way(UNDO_FAILED, SENT, LEAVE, LEFT, OPERATOR),
            way(UNDO_FAILED, SENT, UNDO_FAIL, UNDO_FAILED, OPERATOR));

    private StepMachine() {}

    /** Where the step goes; empty where it may not. */
    static Optional<StepStatus> next(StepStatus from, Sent sent, Change change) {
        return TRANSITIONS.stream()
                .filter(way -> way.from() == from && way.sent().contains(sent) && way.change() == change)
                .findFirst()
                .map(Transition::to);
    }

    private static Transition way(StepStatus from, Set<Sent> sent, Change change, StepStatus to, Who by) {
        return new Transition(from, sent, change, to, by);
    }
}
