package dev.runbook.state;

import dev.runbook.base.Row;
import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent;
import dev.runbook.event.Trouble;
import dev.runbook.event.Work;
import dev.runbook.journal.Entry;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
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
        if (event instanceof RunEvent.StepBegun) {
            // a rollback that ended at a point of no return is over once the run goes forward again
            rollingBack = Optional.empty();
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

    private StepState stateOf(String step) {
        return steps.getOrDefault(step, StepState.AHEAD);
    }
}
