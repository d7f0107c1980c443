package dev.runbook.report;

import dev.runbook.event.RunEvent;
import dev.runbook.journal.Entry;
import dev.runbook.state.RunState;
import dev.runbook.state.StepState;
import dev.runbook.state.StepStatus;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A run at one glance: where it stands, since when, what is wrong, what comes next, how to go on. */
public final class StatusText {
    private static final int MAX_NOTES = 3;

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
        text.exceptions();
        text.notes();
        boolean rehearsal = status.state().start().scene().isPresent();
        if (!status.underWay() && !status.state().isOver() && !rehearsal) {
            text.row("go on with", resumeCommand);
        }
        return text.lines;
    }

    /** One line to paste into a chat. */
    public static String brief(RunStatus status) {
        String step = status.current()
                .map(current -> ", " + (status.isWayBack() ? "takes back " : "") + "step "
                        + current.line().id() + " \"" + current.line().title() + "\" for " + current.spent()
                        + (current.asked().isPresent() ? ", WAITS FOR AN ANSWER" : ""))
                .orElse("");
        return status.state().start().runbook() + ": " + status.word() + ", " + behind(status) + step + ", "
                + RunPace.of(status.forecast()) + " (" + status.by() + ")";
    }

    private static String behind(RunStatus status) {
        return status.state().behind() + " of " + status.outline().lines().size() + " steps done";
    }

    private void head() {
        lines.add(paint.strong(status.outline().title()));
        status.state().start().scene().ifPresent(scene -> row("rehearsal", "in the scene " + scene));
        String left = status.underWay() || status.state().isOver()
                ? ""
                : " " + Elapsed.text(Duration.between(status.last(), status.now())) + " ago";
        row("run", status.state().start().run() + ", " + paint.strong(status.word()) + left + ", " + status.by());
        status.openEnd().ifPresent(why -> row("journal", paint.strong(why)));
        row("behind us", behind(status) + ", " + RunPace.of(status.forecast()));
    }

    private void current() {
        status.current().ifPresent(this::current);
        if (status.isWayBack()) {
            String rest =
                    status.toTakeBack().stream().skip(1).map(Outline.Line::id).collect(Collectors.joining(", "));
            row("then back", rest.isEmpty() ? "nothing more" : rest);
        } else {
            status.steps(StepStatus.AHEAD::equals).stream()
                    .findFirst()
                    .ifPresent(
                            next -> row(status.current().isPresent() ? "then" : "next", number(next) + usually(next)));
        }
    }

    private void current(RunStatus.CurrentStep current) {
        Outline.Line line = current.line();
        row(
                current.word(),
                (status.isWayBack() ? "the way back of " : "") + number(line) + ", for " + current.spent()
                        + (status.isWayBack() ? "" : usually(line)));
        current.doing().ifPresent(doing -> row("", doing));
        current.asked()
                .map(since -> "it asks a question, which waits for an answer at its terminal for "
                        + Elapsed.text(Duration.between(since, status.now())))
                .ifPresent(text -> row("", paint.notable(text)));
        current.trouble().ifPresent(trouble -> row("what", paint.bad(trouble)));
        current.next().forEach(next -> row("", next));
    }

    private void troubles() {
        List<Outline.Line> doubtful =
                status.steps(standing -> status.underWay() ? standing == StepStatus.IN_DOUBT : standing.isDoubtful());
        if (!doubtful.isEmpty()) {
            row("in doubt", doubtful.stream().map(Outline.Line::id).collect(Collectors.joining(", ", "step ", "")));
        }
        status.steps(StepStatus.UNDO_FAILED::equals)
                .forEach(line -> row("by hand", "step " + line.id() + " could not be taken back"));
    }

    private void exceptions() {
        RunState state = status.state();
        state.skippedByPersons().forEach(id -> row("skipped", exception(id, "")));
        state.byHand().forEach(id -> row("by hand", exception(id, " was done by hand")));
        state.leftAsTheyAre().forEach(id -> row("left", exception(id, " is left as it is")));
    }

    private String exception(String id, String how) {
        StepState step = status.state().step(id);
        return "step " + id + how
                + step.person().map(person -> ", by " + person).orElse("")
                + step.note()
                        .filter(note -> !note.isBlank())
                        .map(note -> ": " + note)
                        .orElse("");
    }

    private void notes() {
        List<Entry> notes = status.entries().stream()
                .filter(entry -> entry.event() instanceof RunEvent.NoteTaken)
                .toList();
        for (Entry entry : notes.subList(Math.max(0, notes.size() - MAX_NOTES), notes.size())) {
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

    private void row(String label, String text) {
        lines.add(String.format(Locale.ROOT, "%-10s  %s", label, text));
    }
}
