package dev.runbook.report;

import dev.runbook.event.AgreedPlan;
import dev.runbook.event.RunEvent;
import dev.runbook.event.RunEvent.Decided;
import dev.runbook.event.RunEvent.OfStep;
import dev.runbook.event.RunEvent.QuestionAsked;
import dev.runbook.event.RunEvent.RollbackStarted;
import dev.runbook.event.RunEvent.RunResumed;
import dev.runbook.event.RunEvent.RunStarted;
import dev.runbook.event.RunEvent.RunStopped;
import dev.runbook.event.RunEvent.StepBegun;
import dev.runbook.event.RunEvent.StepFailed;
import dev.runbook.event.RunEvent.StepInDoubt;
import dev.runbook.event.RunEvent.StepUndone;
import dev.runbook.event.RunEvent.UndoFailed;
import dev.runbook.journal.Entry;
import dev.runbook.report.StepTrack.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A run as text, entry by entry: a line for each step with its number, outcome, time, id and title, above it what happened in
 * it, the failure screen where it failed, and a summary at the end. The same entries give the same text, whether they come
 * from a run under way or from a journal.
 */
public final class RunText {
    private final Outline outline;
    private final Layout layout;
    private final Supplier<String> resumeCommand;
    private final RunTrack run = new RunTrack();
    private final EventLines events;
    private final StepStory story = new StepStory();
    private Optional<String> underWay = Optional.empty();
    /** What lies behind a run that goes on, until it is told. */
    private List<String> behind = List.of();

    /**
     * How the text looks.
     *
     * @param paint colours
     * @param stamped whether every line begins with its moment, and a step has a line of its own when it begins; for logs
     */
    public record Layout(Paint paint, boolean stamped) {}

    /**
     * A text without a line yet.
     *
     * @param outline the steps
     * @param layout how it looks
     * @param resumeCommand what to type to go on with the run, as things stand when it is shown; empty where that is not
     *     possible
     */
    public RunText(Outline outline, Layout layout, Supplier<String> resumeCommand) {
        this.outline = outline;
        this.layout = layout;
        this.resumeCommand = resumeCommand;
        this.events = new EventLines(!layout.stamped());
    }

    /** The lines for the next entry; often none. */
    public List<String> add(Entry entry) {
        run.add(entry);
        story.add(entry);
        notice(entry.event());
        List<String> lines = new ArrayList<>(entry.event() instanceof RollbackStarted ? List.of() : behind);
        behind = List.of();
        lines.addAll(lines(entry.time(), entry.event()));
        if (!layout.stamped()) {
            return lines;
        }
        String stamp = entry.time().truncatedTo(ChronoUnit.SECONDS) + "  ";
        return lines.stream()
                .filter(line -> !line.isBlank())
                .map(line -> (stamp + line).stripTrailing())
                .toList();
    }

    /** Whether a line is there to be copied and pasted, so that no line break may be put into it. */
    public boolean staysWhole(String line) {
        String command = resumeCommand.get();
        return !command.isEmpty() && line.contains(command);
    }

    /** All that happened in a step so far, in full, a line an event. */
    public List<String> story(String step) {
        return story.of(step);
    }

    /** The step that is under way now, for a line that is drawn over and over; empty between steps. */
    public Optional<UnderWay> underWay(Instant now) {
        return underWay.flatMap(outline::line).map(line -> underWay(line, run.step(line.id()), now));
    }

    private UnderWay underWay(Outline.Line line, StepTrack step, Instant now) {
        String spent = step.timeUntil(now);
        String head = stepLine(line, step.isTurnedBack() ? "undoing" : "...", spent);
        return new UnderWay(
                head.substring(0, head.length() - line.title().length() - "  ".length()),
                line.number() + "/" + outline.lines().size() + "  " + line.id() + "  " + spent,
                line.title(),
                step.position(),
                step.lost().map(since -> Duration.between(since, now)));
    }

    /** A question and a decision are no work: what follows from them may be. */
    private void notice(RunEvent event) {
        if (event instanceof RunStopped || event instanceof RollbackStarted || Outcomes.endsStep(event)) {
            underWay = Optional.empty();
        } else if (!(event instanceof Decided) && !(event instanceof QuestionAsked)) {
            underWay = StepStory.stepOf(event).or(() -> underWay);
        }
    }

    private List<String> lines(Instant time, RunEvent event) {
        if (event instanceof RunStarted started) {
            return Stream.concat(
                            Stream.of(
                                    layout.paint().strong(outline.title()),
                                    "run " + started.run() + ", " + started.by().name()),
                            started.plan().map(RunText::agreed).stream())
                    .toList();
        }
        if (event instanceof RunResumed resumed) {
            // told with the next event: a run that goes back has no next step
            behind = List.of(behind());
            return List.of(
                    "", layout.paint().strong("Going on") + ", " + resumed.by().name() + ".");
        }
        if (event instanceof RunStopped stopped) {
            return new RunSummary(outline, run, layout.paint()).lines(stopped, time, resumeCommand.get());
        }
        if (event instanceof RollbackStarted rollback) {
            String steps = String.join(", ", rollback.steps());
            return List.of(
                    "", layout.paint().strong("Rolling back") + ", last first: " + steps + " (" + rollback.by() + ")");
        }
        return event instanceof OfStep ofStep ? stepLines(ofStep) : details(event);
    }

    private static String agreed(AgreedPlan plan) {
        return "bound to the plan " + plan.file() + " (" + plan.by() + ", " + plan.made() + ", hash " + plan.hash()
                + ")";
    }

    /** What lies behind a run that goes on. */
    private String behind() {
        long finished = outline.lines().stream()
                .filter(line -> run.step(line.id()).outcome().isFinished())
                .count();
        Optional<String> next = outline.lines().stream()
                .filter(line -> !run.step(line.id()).outcome().isFinished())
                .findFirst()
                .map(line -> " Next is step " + outline.named(line.id()) + ".");
        return finished + " of " + outline.lines().size() + " steps are behind us." + next.orElse("");
    }

    private List<String> stepLines(OfStep event) {
        if (event instanceof StepBegun) {
            return layout.stamped() ? List.of(stepLine(event.step(), "begins", "")) : List.of();
        }
        Outcome outcome = run.step(event.step()).outcome();
        if (!Outcomes.endsStep(event)) {
            return details(event);
        }
        List<String> lines = new ArrayList<>(details(event));
        String line =
                stepLine(event.step(), outcome.word(), run.step(event.step()).time());
        lines.add(Outcomes.paint(outcome, layout.paint(), line) + why(event));
        lines.addAll(screen(event));
        return lines;
    }

    private static String why(OfStep event) {
        String why = event instanceof StepUndone undone ? undone.how() : RunTrack.reasonOf(event);
        return why.isBlank() ? "" : "  (" + why + ")";
    }

    private List<String> screen(OfStep event) {
        if (event instanceof StepFailed failed) {
            return FailureScreen.of(event.step(), failed.trouble(), outline, run, layout.paint());
        }
        if (event instanceof StepInDoubt inDoubt) {
            return FailureScreen.of(event.step(), inDoubt.trouble(), outline, run, layout.paint());
        }
        return event instanceof UndoFailed failed
                ? List.of(
                        EventLines.INDENT + TroubleText.sentence(failed.trouble()),
                        EventLines.INDENT
                                + layout.paint()
                                        .notable("left to do by hand: "
                                                + failed.left().strip()))
                : List.of();
    }

    private List<String> details(RunEvent event) {
        return events.of(event, run).stream()
                .map(line -> EventLines.INDENT + line)
                .toList();
    }

    private String stepLine(String step, String outcome, String time) {
        return outline.line(step)
                .map(line -> stepLine(line, outcome, time))
                .orElseGet(() -> String.format(Locale.ROOT, "       %-12s %7s  %s", outcome, time, step));
    }

    private String stepLine(Outline.Line line, String outcome, String time) {
        String format = "%2d/%-2d  %-12s %7s  %-" + outline.widestId() + "s  %s";
        return String.format(
                Locale.ROOT, format, line.number(), outline.lines().size(), outcome, time, line.id(), line.title());
    }
}
