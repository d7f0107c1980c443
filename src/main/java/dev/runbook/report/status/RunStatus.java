package dev.runbook.report.status;

import dev.runbook.event.RunEvent;
import dev.runbook.forecast.Forecast;
import dev.runbook.forecast.StepTimes;
import dev.runbook.journal.Entry;
import dev.runbook.report.Outline;
import dev.runbook.state.RunState;
import dev.runbook.state.StepStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How a run stands.
 *
 * @param outline its steps
 * @param entries of its journal
 * @param underWay whether somebody works on it now
 * @param times how long its steps usually take
 * @param objective the runbook's {@code rto}
 * @param now the moment of the question
 */
public record RunStatus(
        Outline outline,
        List<Entry> entries,
        boolean underWay,
        StepTimes times,
        Optional<Duration> objective,
        Instant now) {
    /** Copies the list. */
    public RunStatus {
        entries = List.copyOf(entries);
    }

    RunState state() {
        return RunState.of(entries);
    }

    /** Up to which moment a step takes: one on which nobody works takes no longer than until it was left. */
    Instant moment() {
        return underWay ? now : last();
    }

    /** When something happened last. */
    Instant last() {
        return entries.get(entries.size() - 1).time();
    }

    /** {@code under way}, {@code cut off}, or how it ended. */
    String word() {
        return new ListText.Run(state().start().run(), Optional.of(state()), underWay).status();
    }

    Forecast forecast() {
        List<String> ids = outline.lines().stream().map(Outline.Line::id).toList();
        // what is not done yet takes longer and longer, whether somebody works on it or not
        return Forecast.of(state(), ids, times, objective, state().isOver() ? last() : now);
    }

    List<Outline.Line> steps(Predicate<StepStatus> standing) {
        RunState state = state();
        return outline.lines().stream()
                .filter(line -> standing.test(state.step(line.id()).status()))
                .toList();
    }

    /** Whether the run is on its way back, or was when it was left. */
    boolean isWayBack() {
        return state().rollingBack().isPresent() && !state().isOver();
    }

    /** On the way back: when the step before was taken back. */
    Instant turn() {
        return entries.stream()
                .filter(entry -> entry.event() instanceof RunEvent.RollbackStarted
                        || entry.event() instanceof RunEvent.StepUndone
                        || entry.event() instanceof RunEvent.StepLeft
                        || entry.event() instanceof RunEvent.UndoFailed)
                .map(Entry::time)
                .reduce((before, after) -> after)
                .orElse(state().startedAt());
    }

    /** The steps that are still to be taken back, in that order. */
    List<Outline.Line> toTakeBack() {
        RunState state = state();
        return state.rollingBack().orElse(List.of()).stream()
                .filter(id -> !isTakenBack(state.step(id).status()))
                .flatMap(id -> outline.line(id).stream())
                .toList();
    }

    private static boolean isTakenBack(StepStatus status) {
        return status == StepStatus.UNDONE || status == StepStatus.LEFT;
    }

    /** The step at which the run is, or was left; empty between two steps, and where it is over. */
    Optional<CurrentStep> current() {
        Optional<Outline.Line> line = isWayBack() ? toTakeBack().stream().findFirst() : begun();
        return line.map(found -> new CurrentStep(this, found));
    }

    /** The first step that the run is not behind, if it was begun. */
    private Optional<Outline.Line> begun() {
        RunState state = state();
        return outline.lines().stream()
                .filter(line -> !state.step(line.id()).status().isFinished())
                .findFirst()
                .filter(line -> state.step(line.id()).status() != StepStatus.AHEAD);
    }

    /** The last event of a kind, searched from the end. */
    <T extends RunEvent> Optional<T> last(Class<T> kind, Predicate<T> wanted) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            RunEvent event = entries.get(i).event();
            if (kind.isInstance(event) && wanted.test(kind.cast(event))) {
                return Optional.of(kind.cast(event));
            }
        }
        return Optional.empty();
    }

    /** Who works on it, or did last. */
    String by() {
        return last(RunEvent.RunResumed.class, resumed -> true)
                .map(RunEvent.RunResumed::by)
                .orElse(state().start().by())
                .name();
    }
}
