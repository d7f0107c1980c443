package dev.runbook.report.status;

import dev.runbook.event.Decision;
import dev.runbook.event.RunEvent;
import dev.runbook.event.Trouble;
import dev.runbook.journal.Entry;
import dev.runbook.report.Elapsed;
import dev.runbook.report.Outline;
import dev.runbook.report.StepStory;
import dev.runbook.state.StepState;
import dev.runbook.state.StepStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The step at which a run is, or was left: what is done there, what is wrong, what is waited for. */
final class CurrentStep {
    private static final int WIDTH = 90;

    private final RunStatus status;
    private final Outline.Line line;
    /** Of this step alone. */
    private final List<Entry> entries;

    CurrentStep(RunStatus status, Outline.Line line) {
        this.status = status;
        this.line = line;
        this.entries = status.entries().stream()
                .filter(entry -> StepStory.stepOf(entry.event())
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
        return Elapsed.text(
                since().map(begun -> Duration.between(begun, status.moment())).orElse(Duration.ZERO));
    }

    private Optional<Instant> since() {
        return status.isWayBack() ? Optional.of(status.turn()) : state().begun();
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
        return status.state().step(line.id());
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
