package dev.runbook.state;

import static dev.runbook.state.RunFold.StepMachine.Change.ATTEMPT;
import static dev.runbook.state.RunFold.StepMachine.Change.ATTEMPT_FAILED;
import static dev.runbook.state.RunFold.StepMachine.Change.ATTEMPT_UNKNOWN;
import static dev.runbook.state.RunFold.StepMachine.Change.BEGIN;
import static dev.runbook.state.RunFold.StepMachine.Change.BY_HAND;
import static dev.runbook.state.RunFold.StepMachine.Change.DOUBT;
import static dev.runbook.state.RunFold.StepMachine.Change.FAIL;
import static dev.runbook.state.RunFold.StepMachine.Change.FIND_DONE;
import static dev.runbook.state.RunFold.StepMachine.Change.FINISH;
import static dev.runbook.state.RunFold.StepMachine.Change.LEAVE;
import static dev.runbook.state.RunFold.StepMachine.Change.REOPEN;
import static dev.runbook.state.RunFold.StepMachine.Change.RETRY;
import static dev.runbook.state.RunFold.StepMachine.Change.SKIP;
import static dev.runbook.state.RunFold.StepMachine.Change.UNDO;
import static dev.runbook.state.RunFold.StepMachine.Change.UNDO_FAIL;
import static dev.runbook.state.RunFold.StepMachine.Who.OPERATOR;
import static dev.runbook.state.RunFold.StepMachine.Who.RUN;
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

import dev.runbook.base.Row;
import dev.runbook.event.Decision;
import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent;
import dev.runbook.event.Trouble;
import dev.runbook.event.Work;
import dev.runbook.journal.Entry;
import dev.runbook.state.StepState.Sent;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Folds events into the state of a run, one by one. Used by one thread. */
public final class RunFold {
    /** What journals of earlier versions name as who wants a rollback that is only continued. */
    private static final String RESUMED = "resumed";

    private static final Set<Class<? extends RunEvent>> ENDS = Set.of(
            RunEvent.StepDone.class,
            RunEvent.StepAlreadyDone.class,
            RunEvent.StepSkipped.class,
            RunEvent.StepFailed.class,
            RunEvent.StepInDoubt.class,
            RunEvent.StepUndone.class,
            RunEvent.StepLeft.class,
            RunEvent.UndoFailed.class);

    private final RunEvent.RunStarted start;
    private final Instant startedAt;
    private final Map<String, StepState> steps = new LinkedHashMap<>();
    private final Map<String, List<Row>> remembered = new LinkedHashMap<>();
    private Optional<List<String>> rollingBack = Optional.empty();
    private Optional<String> askedBy = Optional.empty();
    private Optional<String> lastChange = Optional.empty();
    private Optional<Instant> turnedBack = Optional.empty();
    private boolean turning;
    private Optional<Ending> ending = Optional.empty();
    private String file;
    private String digest;
    private Instant last;

    /** A run that begins with this event. */
    public RunFold(Instant time, RunEvent.RunStarted start) {
        this.start = start;
        this.startedAt = time;
        this.file = start.file();
        this.last = time;
        this.digest = start.digest();
    }

    /** A run as these entries tell it, the first of which must be its start. */
    public static RunFold of(List<Entry> entries) {
        Entry first = entries.get(0);
        RunFold fold = new RunFold(first.time(), (RunEvent.RunStarted) first.event());
        entries.stream().skip(1).forEach(entry -> fold.take(entry.time(), entry.event()));
        return fold;
    }

    /** The state behind all that was taken so far. */
    public RunState state() {
        return new RunState(
                start,
                startedAt,
                steps,
                remembered,
                rollingBack,
                askedBy,
                lastChange,
                turnedBack,
                ending,
                file,
                digest);
    }

    /** Takes the next event. */
    public void take(Instant time, RunEvent event) {
        if (event instanceof RunEvent.NoteTaken && ending.isPresent()) {
            // written to a run on which nobody works
            return;
        }
        measure(time, event);
        last = time;
        if (turning) {
            watch(event, course -> course.turnBack(turnedBack.orElseThrow()));
        }
        if (event instanceof RunEvent.RunStopped stopped) {
            ending = Optional.of(stopped.ending());
            turning = false;
            return;
        }
        move(time, event);
        watch(time, event);
    }

    private void move(Instant time, RunEvent event) {
        ending = Optional.empty();
        if (event instanceof RunEvent.StepBegun begun) {
            // a rollback that ended at a point of no return is over once the run goes forward again
            rollingBack = Optional.empty();
            inOrder(begun.step());
        }
        if (event instanceof RunEvent.RunResumed resumed) {
            file = resumed.file().orElse(file);
            digest = resumed.digest();
        } else if (event instanceof RunEvent.RollbackStarted rollback) {
            rollingBack = Optional.of(rollback.steps());
            askedBy =
                    Optional.of(rollback.by()).filter(by -> !by.equals(RESUMED)).or(() -> askedBy);
        } else if (event instanceof RunEvent.Remembered rows) {
            // what a rollback will need is fixed from the first effect until that is taken back
            if (!stateOf(rows.step()).started() || !remembered.containsKey(rows.name())) {
                remembered.put(rows.name(), rows.rows());
            }
        } else if (event instanceof RunEvent.FilesChosen chosen) {
            addFiles(chosen.work(), chosen.files());
        } else if (event instanceof RunEvent.FilesCopied copied) {
            addFiles(copied.work(), copied.files());
        } else if (event instanceof RunEvent.CameBack back) {
            String step = back.work().step();
            steps.put(step, stateOf(step).heard(back));
        } else if (event instanceof RunEvent.Sent sent && !sent.work().isUndo()) {
            String step = sent.work().step();
            steps.put(step, stateOf(step).sending(sent));
        } else if (event instanceof RunEvent.AttemptStarted attempt
                && attempt.work().isUndo()) {
            String step = attempt.work().step();
            steps.put(step, stateOf(step).undoing());
        } else {
            StepMachine.Change.of(event).ifPresent(change -> move(stepOf(event).orElseThrow(), change, event, time));
            reopened(event).forEach(step -> move(step, StepMachine.Change.REOPEN, event, time));
        }
    }

    /** The step that an event belongs to; empty where it concerns the run. */
    public static Optional<String> stepOf(RunEvent event) {
        return event instanceof RunEvent.OfStep ofStep
                ? Optional.of(ofStep.step())
                : workOf(event).map(Work::step);
    }

    /** Whether an event ends a step, for now or for good. */
    public static boolean endsStep(RunEvent event) {
        return ENDS.contains(event.getClass());
    }

    /** The work that an event belongs to; empty where it is of no attempt. */
    public static Optional<Work> workOf(RunEvent event) {
        if (event instanceof RunEvent.AttemptStarted attempt) {
            return Optional.of(attempt.work());
        }
        if (event instanceof RunEvent.Sent sent) {
            return Optional.of(sent.work());
        }
        if (event instanceof RunEvent.CameBack back) {
            return Optional.of(back.work());
        }
        if (event instanceof RunEvent.FilesChosen chosen) {
            return Optional.of(chosen.work());
        }
        if (event instanceof RunEvent.FilesCopied copied) {
            return Optional.of(copied.work());
        }
        if (event instanceof RunEvent.AttemptFailed failed) {
            return Optional.of(failed.work());
        }
        return event instanceof RunEvent.RetryScheduled retry ? Optional.of(retry.work()) : Optional.empty();
    }

    private void watch(RunEvent event, UnaryOperator<StepState.Course> change) {
        stepOf(event)
                .ifPresent(id -> steps.computeIfPresent(id, (same, step) -> step.with(change.apply(step.course()))));
    }

    /** What people are shown, and no decision depends on. */
    private void watch(Instant time, RunEvent event) {
        if (event instanceof RunEvent.FactAsked asked) {
            watch(event, course -> course.asked(asked));
        } else if (event instanceof RunEvent.AttemptStarted attempt) {
            watch(event, course -> course.attempt(attempt.items()));
        } else if (event instanceof RunEvent.Sent sent) {
            watch(event, course -> course.at(sent.item()));
        } else if (event instanceof RunEvent.CameBack back) {
            if (back.trouble().filter(Trouble::unknown).isPresent()) {
                watch(event, course -> course.lose(time));
            } else if ((back.trouble().isEmpty() || back.harmless().isPresent())
                    && !back.work().isUndo()) {
                lastChange = Optional.of(back.work().step());
            }
        } else if (event instanceof RunEvent.StepDone done
                && stateOf(done.step()).attempts() > 0) {
            lastChange = Optional.of(done.step());
        } else if (event instanceof RunEvent.RollbackStarted) {
            turnedBack = Optional.of(time);
            turning = true;
        } else if (event instanceof RunEvent.StepBegun) {
            turning = false;
        }
        boolean back = event instanceof RunEvent.StepUndone
                || event instanceof RunEvent.StepLeft
                || event instanceof RunEvent.UndoFailed;
        if (back || turning && endsStep(event)) {
            turnedBack = Optional.of(time);
        }
    }

    /** What a rollback copies is nothing that could be taken back. */
    private void addFiles(Work work, List<Row> files) {
        if (!work.isUndo()) {
            steps.put(work.step(), stateOf(work.step()).withFiles(files));
        }
    }

    private static List<String> reopened(RunEvent event) {
        if (event instanceof RunEvent.StepUndone undone) {
            return undone.reopened();
        }
        return event instanceof RunEvent.StepLeft left ? left.reopened() : List.of();
    }

    /** Between the last event of a process and the first of the next one nobody worked on the run. */
    private void measure(Instant time, RunEvent event) {
        if (event instanceof RunEvent.RunStopped || event instanceof RunEvent.RunResumed) {
            steps.replaceAll((id, step) -> step.resting(event instanceof RunEvent.RunStopped ? time : last));
        } else if (event instanceof RunEvent.QuestionAsked question) {
            steps.computeIfPresent(question.step(), (id, step) -> step.resting(time));
        } else if (event instanceof RunEvent.OfStep ofStep) {
            steps.computeIfPresent(ofStep.step(), (id, step) -> step.goingOn(time));
        }
    }

    /** Whether the event may happen now: a step goes only where its machine lets it. */
    public boolean allows(RunEvent event) {
        return StepMachine.Change.of(event)
                .map(change ->
                        next(stateOf(stepOf(event).orElseThrow()), change).isPresent())
                .orElse(true);
    }

    private static Optional<StepStatus> next(StepState state, StepMachine.Change change) {
        return StepMachine.next(state.status(), state.effect().sent(), change);
    }

    private void move(String step, StepMachine.Change change, RunEvent event, Instant time) {
        StepState state = stateOf(step);
        Optional<StepState> moved = next(state, change).map(to -> state.moved(change, to, event, time));
        moved.filter(now -> steps.containsKey(step) || now.status() != StepStatus.AHEAD)
                .ifPresent(now -> steps.put(step, now));
    }

    /** Steps stand in the order in which they did something: one that was begun in vain may have other steps done before it. */
    private void inOrder(String step) {
        StepState state = stateOf(step);
        if (steps.containsKey(step)
                && !state.mayHaveHappened()
                && !state.status().isFinished()) {
            steps.remove(step);
            steps.put(step, state);
        }
    }

    private StepState stateOf(String step) {
        return steps.getOrDefault(step, StepState.AHEAD);
    }

    /**
     * Where a step may go from where it stands, and from what may have been sent: the whole state machine, as data. What is not
     * here cannot happen.
     */
    static final class StepMachine {
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
}
