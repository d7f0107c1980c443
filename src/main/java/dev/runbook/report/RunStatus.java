package dev.runbook.report;

import dev.runbook.event.Decision;
import dev.runbook.event.RunEvent;
import dev.runbook.event.Trouble;
import dev.runbook.journal.Entry;
import dev.runbook.state.RunFold;
import dev.runbook.state.RunState;
import dev.runbook.state.StepState;
import dev.runbook.state.StepStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How a run stands.
 *
 * @param outline its steps
 * @param entries of its journal
 * @param state what these entries come to
 * @param openEnd why lines may be missing at the end of its journal; empty where they cannot
 * @param underWay whether somebody works on it now
 * @param times how long its steps usually take
 * @param objective the runbook's {@code rto}
 * @param now the moment of the question
 */
public record RunStatus(
        Outline outline,
        List<Entry> entries,
        RunState state,
        Optional<String> openEnd,
        boolean underWay,
        RunPace.StepTimes times,
        Optional<Duration> objective,
        Instant now) {
    /** Copies the list. */
    public RunStatus {
        entries = List.copyOf(entries);
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
        return new ListText.Run(state.start().run(), Optional.of(state), underWay).status();
    }

    RunPace.Forecast forecast() {
        List<String> ids = outline.lines().stream().map(Outline.Line::id).toList();
        // what is not done yet takes longer and longer, whether somebody works on it or not
        return RunPace.Forecast.of(state, ids, times, objective, state.isOver() ? last() : now);
    }

    List<Outline.Line> steps(Predicate<StepStatus> standing) {
        return outline.lines().stream()
                .filter(line -> standing.test(state.step(line.id()).status()))
                .toList();
    }

    /** Whether the run is on its way back, or was when it was left. */
    boolean isWayBack() {
        return state.rollingBack().isPresent() && !state.isOver();
    }

    /** On the way back: when the step before was taken back. */
    Instant turn() {
        return state.turnedBack().orElse(state.startedAt());
    }

    /** The steps that are still to be taken back, in that order. */
    List<Outline.Line> toTakeBack() {
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
        return outline.lines().stream()
                .filter(line -> !state.step(line.id()).status().isFinished())
                .findFirst()
                .filter(line -> state.step(line.id()).status() != StepStatus.AHEAD);
    }

    /** The question that is open, with its text: nothing has happened since it was asked, but that the process left the run. */
    Optional<Entry> question() {
        return openQuestion(entries);
    }

    /** The same of a journal. */
    public static Optional<Entry> openQuestion(List<Entry> entries) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            RunEvent event = entries.get(i).event();
            if (event instanceof RunEvent.QuestionAsked asked) {
                return Optional.of(entries.get(i))
                        .filter(unused -> asked.asked().isPresent());
            }
            if (!(event instanceof RunEvent.RunStopped || event instanceof RunEvent.NoteTaken)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
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
                .orElse(state.start().by())
                .name();
    }

    /** The step at which a run is, or was left: what is done there, what is wrong, what is waited for. */
    static final class CurrentStep {
        private static final int WIDTH = 90;

        private final RunStatus status;
        private final Outline.Line line;
        /** Of this step alone. */
        private final List<Entry> entries;

        CurrentStep(RunStatus status, Outline.Line line) {
            this.status = status;
            this.line = line;
            this.entries = status.entries().stream()
                    .filter(entry -> RunFold.stepOf(entry.event())
                            .filter(line.id()::equals)
                            .isPresent())
                    .toList();
        }

        Outline.Line line() {
            return line;
        }

        /** What is done with it, or was when the run was left. */
        String word() {
            StepStatus standing = state().status();
            if (standing == StepStatus.UNDO_FAILED) {
                return "not undone";
            }
            if (status.isWayBack()) {
                return status.underWay() ? "undoing" : "cut off";
            }
            return switch (standing) {
                case FAILED -> "failed";
                case IN_DOUBT -> "in doubt";
                case UNDONE, LEFT, UNDO_FAILED, AHEAD, BEGUN, STARTED, BETWEEN_ATTEMPTS, DONE, ALREADY_DONE, SKIPPED ->
                    status.underWay() ? "now" : "stopped in";
            };
        }

        /** How long it takes by now, or took until the run was left. */
        String spent() {
            return Elapsed.text(since().map(begun -> Duration.between(begun, status.moment()))
                    .orElse(Duration.ZERO));
        }

        private Optional<Instant> since() {
            return status.isWayBack()
                    ? Optional.of(status.turn())
                    : state().course().began();
        }

        /** What was sent last. */
        Optional<String> doing() {
            Optional<RunEvent.AttemptStarted> attempt = last(RunEvent.AttemptStarted.class);
            return last(RunEvent.Sent.class)
                    .filter(sent -> sent.work().isUndo() == status.isWayBack())
                    .map(sent -> "attempt " + sent.attempt()
                            + attempt.filter(one -> one.items() > 1)
                                    .map(one -> ", " + sent.item() + " of " + one.items())
                                    .orElse("")
                            + ": " + cut(sent.target() + ": " + sent.text()));
        }

        /** Since when a question waits for an answer. */
        Optional<Instant> asked() {
            return end().filter(entry -> status.underWay() && entry.event() instanceof RunEvent.QuestionAsked)
                    .map(Entry::time);
        }

        /** What went wrong; empty while nothing did. */
        Optional<String> trouble() {
            return ofEnd(RunEvent.StepFailed.class, RunEvent.StepFailed::trouble)
                    .or(() -> ofEnd(RunEvent.StepInDoubt.class, RunEvent.StepInDoubt::trouble))
                    .or(() -> ofEnd(RunEvent.UndoFailed.class, RunEvent.UndoFailed::trouble))
                    .or(this::ofAttempt)
                    .map(Trouble::message)
                    .or(this::lost);
        }

        /** What will happen without anybody. */
        List<String> next() {
            List<String> lines = new ArrayList<>();
            end().filter(unused -> status.underWay()).ifPresent(entry -> {
                if (entry.event() instanceof RunEvent.RetryScheduled retry) {
                    Instant next = entry.time().plusMillis(retry.delayMillis());
                    lines.add("attempt " + retry.attempt() + " follows in "
                            + Elapsed.text(Duration.between(status.now(), next)));
                }
                if (isLost(entry)) {
                    Instant end = entry.time().plus(line.step().task().patience());
                    lines.add("the run looks whether it happened, until " + end.truncatedTo(ChronoUnit.SECONDS)
                            + " at the longest");
                }
            });
            return lines;
        }

        private StepState state() {
            return status.state.step(line.id());
        }

        /** The last thing that happened in it, what facts found aside. */
        private Optional<Entry> end() {
            return entries.stream()
                    .filter(entry -> !(entry.event() instanceof RunEvent.FactAsked))
                    .reduce((before, after) -> after);
        }

        /** Behind the trouble stand the question how to go on, and the decision not to. */
        private <T extends RunEvent> Optional<Trouble> ofEnd(Class<T> kind, Function<T, Trouble> trouble) {
            return entries.stream()
                    .map(Entry::event)
                    .filter(event -> !(event instanceof RunEvent.FactAsked)
                            && !(event instanceof RunEvent.QuestionAsked)
                            && !isPause(event))
                    .reduce((before, after) -> after)
                    .filter(kind::isInstance)
                    .map(kind::cast)
                    .map(trouble);
        }

        private static boolean isPause(RunEvent event) {
            return event instanceof RunEvent.Decided decided && decided.decision() == Decision.PAUSE;
        }

        /** Between two attempts: what was wrong with the first. */
        private Optional<Trouble> ofAttempt() {
            return end().filter(entry -> entry.event() instanceof RunEvent.RetryScheduled)
                    .flatMap(unused -> last(RunEvent.AttemptFailed.class))
                    .map(RunEvent.AttemptFailed::trouble);
        }

        private Optional<String> lost() {
            return end().filter(CurrentStep::isLost)
                    .map(entry -> "the answer was lost at " + entry.time().truncatedTo(ChronoUnit.SECONDS) + ": "
                            + ((RunEvent.CameBack) entry.event())
                                    .trouble()
                                    .map(Trouble::message)
                                    .orElse(""));
        }

        private static boolean isLost(Entry entry) {
            return entry.event() instanceof RunEvent.CameBack back
                    && back.trouble().filter(Trouble::unknown).isPresent();
        }

        private <T extends RunEvent> Optional<T> last(Class<T> kind) {
            return entries.stream()
                    .map(Entry::event)
                    .filter(kind::isInstance)
                    .map(kind::cast)
                    .reduce((before, after) -> after);
        }

        private static String cut(String text) {
            String first = text.lines().findFirst().orElse("");
            return first.length() > WIDTH ? first.substring(0, WIDTH - 4) + " ..." : first;
        }
    }
}
