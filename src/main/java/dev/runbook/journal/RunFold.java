package dev.runbook.journal;

import dev.runbook.value.Row;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Folds events into the state of a run, one by one. Used by one thread. */
public final class RunFold {
    private final RunEvent.RunStarted start;
    private final Instant startedAt;
    private final Map<String, StepState> steps = new LinkedHashMap<>();
    private final Map<String, List<Row>> remembered = new LinkedHashMap<>();
    private Optional<List<String>> rollingBack = Optional.empty();
    private Optional<Ending> ending = Optional.empty();
    private String digest;

    /** A run that begins with this event. */
    public RunFold(Instant time, RunEvent.RunStarted start) {
        this.start = start;
        this.startedAt = time;
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
        return new RunState(start, startedAt, steps, remembered, rollingBack, ending, digest);
    }

    /** Takes the next event. */
    public void take(Instant time, RunEvent event) {
        if (event instanceof RunEvent.RunStopped stopped) {
            ending = Optional.of(stopped.ending());
            return;
        }
        ending = Optional.empty();
        if (event instanceof RunEvent.RunResumed resumed) {
            digest = resumed.digest();
        } else if (event instanceof RunEvent.RollbackStarted rollback) {
            rollingBack = Optional.of(rollback.steps());
        } else if (event instanceof RunEvent.OfStep step) {
            takeStep(time, step);
        } else {
            takeWork(event);
        }
    }

    private void takeStep(Instant time, RunEvent.OfStep event) {
        if (event instanceof RunEvent.StepBegun) {
            change(event.step(), state -> state.begunAt(time));
        } else if (event instanceof RunEvent.Remembered rows) {
            remembered.put(rows.name(), rows.rows());
        } else if (event instanceof RunEvent.Decided decided) {
            if (decided.decision() == Decision.RETRY) {
                change(event.step(), RunFold::retried);
            }
        } else if (event instanceof RunEvent.StepInDoubt) {
            change(event.step(), state -> state.withStatus(StepStatus.IN_DOUBT));
        } else {
            ending(event).ifPresent(end -> change(event.step(), state -> state.endedAt(time, end)));
        }
    }

    /** In doubt, the action is run again at once; after anything else the step begins anew. */
    private static StepState retried(StepState state) {
        return state.withStatus(state.status().isDoubtful() ? StepStatus.BETWEEN_ATTEMPTS : StepStatus.AHEAD);
    }

    private static Optional<StepStatus> ending(RunEvent.OfStep event) {
        if (event instanceof RunEvent.StepDone) {
            return Optional.of(StepStatus.DONE);
        }
        if (event instanceof RunEvent.StepAlreadyDone) {
            return Optional.of(StepStatus.ALREADY_DONE);
        }
        if (event instanceof RunEvent.StepSkipped) {
            return Optional.of(StepStatus.SKIPPED);
        }
        if (event instanceof RunEvent.StepFailed) {
            return Optional.of(StepStatus.FAILED);
        }
        if (event instanceof RunEvent.StepUndone) {
            return Optional.of(StepStatus.UNDONE);
        }
        return event instanceof RunEvent.UndoFailed ? Optional.of(StepStatus.UNDO_FAILED) : Optional.empty();
    }

    private void takeWork(RunEvent event) {
        if (event instanceof RunEvent.AttemptStarted attempt && !attempt.work().isUndo()) {
            change(attempt.work().step(), state -> state.withAttempt(attempt.attempt()));
        } else if (event instanceof RunEvent.AttemptFailed failed
                && !failed.work().isUndo()) {
            StepStatus status = failed.trouble().unknown() ? StepStatus.STARTED : StepStatus.BETWEEN_ATTEMPTS;
            change(failed.work().step(), state -> state.withStatus(status));
        } else if (event instanceof RunEvent.FilesChosen chosen) {
            change(chosen.work().step(), state -> state.withFiles(chosen.files()));
        }
    }

    private void change(String step, UnaryOperator<StepState> change) {
        steps.put(step, change.apply(steps.getOrDefault(step, StepState.AHEAD)));
    }
}
