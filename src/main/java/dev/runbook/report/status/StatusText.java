package dev.runbook.report.status;

import dev.runbook.event.RunEvent;
import dev.runbook.event.Trouble;
import dev.runbook.journal.Entry;
import dev.runbook.report.Elapsed;
import dev.runbook.report.Outline;
import dev.runbook.report.Paint;
import dev.runbook.state.StepState;
import dev.runbook.state.StepStatus;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A run at one glance: where it stands, since when, what is wrong, what comes next, how to go on. */
public final class StatusText {
    private static final int MOST_NOTES = 3;
    private static final int WIDTH = 90;

    private final RunStatus status;
    private final Paint paint;
    private final List<String> lines = new ArrayList<>();

    private StatusText(RunStatus status, Paint paint) {
        this.status = status;
        this.paint = paint;
    }

    /**
     * The lines.
     *
     * @param resumeCommand what to type to go on with the run
     */
    public static List<String> of(RunStatus status, Paint paint, String resumeCommand) {
        StatusText text = new StatusText(status, paint);
        text.head();
        text.current();
        text.troubles();
        text.notes();
        if (!status.underWay() && !status.state().isOver()) {
            text.row("go on with", paint.strong(resumeCommand));
        }
        return text.lines;
    }

    /** One line to paste into a chat. */
    public static String brief(RunStatus status) {
        String step = status.current()
                .map(line -> ", step " + line.id() + " \"" + line.title() + "\" for " + spent(status, line))
                .orElse("");
        return status.state().start().runbook() + ": " + status.word() + ", " + status.behind() + " of "
                + status.outline().lines().size() + " steps done" + step + ", " + ForecastText.of(status.forecast())
                + " (" + status.by() + ")";
    }

    private void head() {
        lines.add(paint.strong(status.outline().title()));
        row("run", status.state().start().run() + ", " + paint.strong(status.word()) + ", " + status.by());
        row(
                "behind us",
                status.behind() + " of " + status.outline().lines().size() + " steps, "
                        + ForecastText.of(status.forecast()));
    }

    private void current() {
        Optional<Outline.Line> current = status.current();
        current.ifPresent(line -> {
            StepState state = status.state().step(line.id());
            row(word(state.status()), number(line) + ", for " + spent(status, line) + usually(line));
            doing(line.id()).ifPresent(doing -> row("", doing));
            if (waitsForAnswer(line, state)) {
                row("", paint.notable("it asks a question, which waits for an answer at its terminal"));
            }
        });
        status.steps(StepStatus.AHEAD::equals).stream()
                .findFirst()
                .ifPresent(next -> row("next", number(next) + usually(next)));
    }

    private String word(StepStatus standing) {
        return switch (standing) {
            case FAILED -> "failed";
            case IN_DOUBT -> "in doubt";
            case UNDONE, UNDO_FAILED -> "taken back";
            case AHEAD, BEGUN, STARTED, BETWEEN_ATTEMPTS, DONE, ALREADY_DONE, SKIPPED ->
                status.underWay() ? "now" : "stopped in";
        };
    }

    private Optional<String> doing(String step) {
        Optional<RunEvent.AttemptStarted> attempt = status.last(
                RunEvent.AttemptStarted.class, started -> started.work().step().equals(step));
        Optional<RunEvent.Sent> sent =
                status.last(RunEvent.Sent.class, event -> event.work().step().equals(step));
        return sent.map(event -> "attempt " + event.attempt()
                + attempt.filter(one -> one.items() > 1)
                        .map(one -> ", " + event.item() + " of " + one.items())
                        .orElse("")
                + ": " + cut(event.target() + ": " + event.text()));
    }

    /** A question is in the journal when it is answered; until then the step is begun, and nothing was sent. */
    private boolean waitsForAnswer(Outline.Line line, StepState state) {
        return status.underWay()
                && line.step().confirm().isPresent()
                && state.status() == StepStatus.BEGUN
                && !(status.entries().get(status.entries().size() - 1).event() instanceof RunEvent.Answered);
    }

    private void troubles() {
        status.current()
                .flatMap(line -> trouble(line.id()))
                .ifPresent(trouble -> row("what", paint.bad(trouble.message())));
        List<Outline.Line> doubtful =
                status.steps(standing -> status.underWay() ? standing == StepStatus.IN_DOUBT : standing.isDoubtful());
        if (!doubtful.isEmpty()) {
            row("in doubt", doubtful.stream().map(Outline.Line::id).collect(Collectors.joining(", ", "step ", "")));
        }
        status.steps(StepStatus.UNDO_FAILED::equals)
                .forEach(line -> row("by hand", "step " + line.id() + " could not be taken back"));
    }

    private Optional<Trouble> trouble(String step) {
        StepStatus standing = status.state().step(step).status();
        if (standing == StepStatus.FAILED) {
            return status.last(
                            RunEvent.StepFailed.class, failed -> failed.step().equals(step))
                    .map(RunEvent.StepFailed::trouble);
        }
        return standing == StepStatus.IN_DOUBT
                ? status.last(RunEvent.StepInDoubt.class, doubt -> doubt.step().equals(step))
                        .map(RunEvent.StepInDoubt::trouble)
                : Optional.empty();
    }

    private void notes() {
        List<Entry> notes = status.entries().stream()
                .filter(entry -> entry.event() instanceof RunEvent.NoteTaken)
                .toList();
        for (Entry entry : notes.subList(Math.max(0, notes.size() - MOST_NOTES), notes.size())) {
            RunEvent.NoteTaken note = (RunEvent.NoteTaken) entry.event();
            row("note", entry.time().truncatedTo(ChronoUnit.SECONDS) + "  " + note.text() + " (" + note.by() + ")");
        }
    }

    private String number(Outline.Line line) {
        return line.number() + "/" + status.outline().lines().size() + "  " + line.id() + "  " + line.title();
    }

    private String usually(Outline.Line line) {
        return status.times()
                .of(line.id())
                .map(usual -> " (usually " + Elapsed.text(usual) + ")")
                .orElse("");
    }

    private static String spent(RunStatus status, Outline.Line line) {
        return status.state()
                .step(line.id())
                .begun()
                .map(begun -> Elapsed.text(Duration.between(begun, status.moment())))
                .orElse("0:00");
    }

    private static String cut(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() > WIDTH ? line.substring(0, WIDTH - 4) + " ..." : line;
    }

    private void row(String label, String text) {
        lines.add(String.format(Locale.ROOT, "%-10s  %s", label, text));
    }
}
