package dev.runbook.report;

import dev.runbook.endpoint.Reply;
import dev.runbook.event.AgreedPlan;
import dev.runbook.event.Ending;
import dev.runbook.event.Finding.Truth;
import dev.runbook.event.Phase;
import dev.runbook.event.RunEvent;
import dev.runbook.event.RunEvent.Answered;
import dev.runbook.event.RunEvent.AttemptStarted;
import dev.runbook.event.RunEvent.CameBack;
import dev.runbook.event.RunEvent.Decided;
import dev.runbook.event.RunEvent.FactAsked;
import dev.runbook.event.RunEvent.FilesChosen;
import dev.runbook.event.RunEvent.NoteTaken;
import dev.runbook.event.RunEvent.OfStep;
import dev.runbook.event.RunEvent.QuestionAsked;
import dev.runbook.event.RunEvent.RetryScheduled;
import dev.runbook.event.RunEvent.RollbackStarted;
import dev.runbook.event.RunEvent.RunResumed;
import dev.runbook.event.RunEvent.RunStarted;
import dev.runbook.event.RunEvent.RunStopped;
import dev.runbook.event.RunEvent.Sent;
import dev.runbook.event.RunEvent.StepBegun;
import dev.runbook.event.RunEvent.StepFailed;
import dev.runbook.event.RunEvent.StepInDoubt;
import dev.runbook.event.RunEvent.StepUndone;
import dev.runbook.event.RunEvent.UndoFailed;
import dev.runbook.event.RunEvent.VariableChanged;
import dev.runbook.event.Trouble;
import dev.runbook.journal.Entry;
import dev.runbook.state.RunFold;
import dev.runbook.state.RunState;
import dev.runbook.state.StepState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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
    private Optional<RunFold> fold = Optional.empty();
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
        if (entry.event() instanceof RunStarted started) {
            fold = Optional.of(new RunFold(entry.time(), started));
        } else {
            fold.ifPresent(run -> run.take(entry.time(), entry.event()));
        }
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

    /** How the run stands after the entries so far, the first of which begins it. */
    public RunState run() {
        return fold.map(RunFold::state).orElseThrow(() -> new IllegalStateException("no run has started"));
    }

    /** Whether a line is there to be copied and pasted, so that no line break may be put into it. */
    public boolean staysWhole(String line) {
        String command = resumeCommand.get();
        return command.lines().anyMatch(line::contains);
    }

    /** All that happened in a step so far, in full, a line an event. */
    public List<String> story(String step) {
        return story.of(step);
    }

    /** The step that is under way now, for a line that is drawn over and over; empty between steps. */
    public Optional<UnderWay> underWay(Instant now) {
        return underWay.flatMap(outline::line).map(line -> underWay(line, run().step(line.id()), now));
    }

    private UnderWay underWay(Outline.Line line, StepState step, Instant now) {
        String spent = step.course().until(now).map(Elapsed::text).orElse("");
        String head = stepLine(line, step.course().turnedBack().isPresent() ? "undoing" : "...", spent);
        return new UnderWay(
                head.substring(0, head.length() - line.title().length() - "  ".length()),
                line.number() + "/" + outline.lines().size() + "  " + line.id() + "  " + spent,
                line.title(),
                position(step),
                step.course().lost().map(since -> Duration.between(since, now)));
    }

    /** A question and a decision are no work: what follows from them may be. */
    private void notice(RunEvent event) {
        if (event instanceof RunStopped || event instanceof RollbackStarted || RunFold.endsStep(event)) {
            underWay = Optional.empty();
        } else if (!(event instanceof Decided) && !(event instanceof QuestionAsked)) {
            underWay = RunFold.stepOf(event).or(() -> underWay);
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
            return new RunSummary(outline, run(), layout.paint()).lines(stopped, time, resumeCommand.get());
        }
        if (event instanceof RollbackStarted rollback) {
            String steps = String.join(", ", rollback.steps());
            return List.of(
                    "", layout.paint().strong("Rolling back") + ", last first: " + steps + " (" + rollback.by() + ")");
        }
        return event instanceof OfStep ofStep ? stepLines(ofStep) : details(event);
    }

    /** How long a step took, of one that was taken back the way back; empty where it did not begin. */
    private static String time(StepState step) {
        return step.course().taken().map(Elapsed::text).orElse("");
    }

    /** Which of several things it is at, {@code 3 of 5}; empty where there is only one. */
    private static String position(StepState step) {
        StepState.Course course = step.course();
        return course.items() > 1 ? course.item() + " of " + course.items() : "";
    }

    private static String agreed(AgreedPlan plan) {
        return "bound to the plan " + plan.file() + " (" + plan.by() + ", " + plan.made() + ", hash " + plan.hash()
                + ")";
    }

    /** What lies behind a run that goes on. */
    private String behind() {
        long finished = outline.lines().stream()
                .filter(line -> run().step(line.id()).status().isFinished())
                .count();
        Optional<String> next = outline.lines().stream()
                .filter(line -> !run().step(line.id()).status().isFinished())
                .findFirst()
                .map(line -> " Next is step " + outline.named(line.id()) + ".");
        return finished + " of " + outline.lines().size() + " steps are behind us." + next.orElse("");
    }

    private List<String> stepLines(OfStep event) {
        if (event instanceof StepBegun) {
            return layout.stamped() ? List.of(stepLine(event.step(), "begins", "")) : List.of();
        }
        StepState step = run().step(event.step());
        if (!RunFold.endsStep(event)) {
            return details(event);
        }
        List<String> lines = new ArrayList<>(details(event));
        String line = stepLine(event.step(), Outcomes.word(step), time(step));
        lines.add(Outcomes.paint(step, layout.paint(), line) + why(event));
        lines.addAll(screen(event));
        return lines;
    }

    private static String why(OfStep event) {
        String why = event instanceof StepUndone undone ? undone.how() : Outcomes.reason(event);
        return why.isBlank() ? "" : "  (" + why + ")";
    }

    private List<String> screen(OfStep event) {
        if (event instanceof StepFailed failed) {
            return FailureScreen.of(event.step(), failed.trouble(), outline, run(), layout.paint());
        }
        if (event instanceof StepInDoubt inDoubt) {
            return FailureScreen.of(event.step(), inDoubt.trouble(), outline, run(), layout.paint());
        }
        return event instanceof UndoFailed failed
                ? List.of(
                        EventLines.INDENT + FindingText.trouble(failed.trouble()),
                        EventLines.INDENT
                                + layout.paint()
                                        .notable("left to do by hand: "
                                                + failed.left().strip()))
                : List.of();
    }

    private List<String> details(RunEvent event) {
        return events.of(event, run()).stream()
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

    /** What happens within a step, in lines of its own: what is sent, what comes back, what is waited for, who answered. */
    private static final class EventLines {
        /** Stands before every such line. */
        static final String INDENT = "       ";

        private static final int WIDTH = 110;

        private final boolean onScreen;

        /**
         * Lines for a screen or for a log.
         *
         * @param onScreen whether questions to the person at the terminal stand there already
         */
        EventLines(boolean onScreen) {
            this.onScreen = onScreen;
        }

        List<String> of(RunEvent event, RunState run) {
            if (event instanceof AttemptStarted attempt) {
                return attempt.items() == 0 ? List.of("nothing to do it for") : List.of();
            }
            if (event instanceof Sent sent) {
                String position = position(run.step(sent.work().step()));
                String count = position.isEmpty() ? "" : " (" + position + ")";
                return List.of(FindingText.cut(WIDTH, sent.target() + count + ": " + sent.text()));
            }
            if (event instanceof CameBack back) {
                return cameBack(back);
            }
            if (event instanceof FactAsked asked) {
                return asked(asked, run.step(asked.step()));
            }
            if (event instanceof FilesChosen chosen) {
                String left = chosen.leftOut().isEmpty() ? "" : "; left out: " + String.join(", ", chosen.leftOut());
                return List.of(
                        chosen.files().size() + (chosen.files().size() == 1 ? " file" : " files") + " to copy" + left);
            }
            return byPeople(event);
        }

        private static List<String> cameBack(CameBack back) {
            if (back.trouble().isEmpty()) {
                return List.of();
            }
            Trouble trouble = back.trouble().get();
            String error = FindingText.trouble(trouble);
            return back.harmless()
                    .map(reason -> List.of("error " + trouble.code() + " does no harm: " + reason))
                    .orElseGet(() -> List.of((trouble.unknown() ? "no answer: " : "") + error));
        }

        /**
         * A question is told when its answer holds something up: it could not be asked, or what was done is not seen yet. Before
         * the first attempt, {@code done-when} is expected not to be so, and what cannot be asked fails the step, which tells it.
         */
        private static List<String> asked(FactAsked asked, StepState step) {
            boolean unknown = asked.finding().truth() == Truth.CANNOT_BE_ASKED;
            boolean waitedFor = asked.phase() == Phase.DONE_WHEN
                    && step.attempts() > 0
                    && !FindingText.holds(asked.finding(), asked.wanted());
            boolean failing = step.attempts() == 0 && step.status().isUnderWay();
            if (!waitedFor && (!unknown || failing)) {
                return List.of();
            }
            String clause = FindingText.clause(asked.fact(), asked.wanted());
            String found = FindingText.found(asked.finding(), asked.wanted());
            return List.of((unknown ? "" : "not yet: ") + clause + ": " + found);
        }

        private List<String> byPeople(RunEvent event) {
            if (event instanceof RetryScheduled retry) {
                String pause = Elapsed.text(Duration.ofMillis(retry.delayMillis()));
                return List.of(String.format(Locale.ROOT, "attempt %d follows in %s", retry.attempt(), pause));
            }
            if (event instanceof Answered answered) {
                return answered(answered);
            }
            if (event instanceof Decided decided) {
                String reason = decided.reason().isEmpty() ? "" : ": " + decided.reason();
                String word = decided.decision().name().toLowerCase(Locale.ROOT).replace('_', '-');
                return List.of("decided: " + word + reason + " (" + decided.by() + ")");
            }
            if (event instanceof VariableChanged changed) {
                return List.of(
                        "variable " + changed.variable() + " is " + changed.value() + " now (" + changed.by() + ")");
            }
            return event instanceof NoteTaken note
                    ? List.of("note: " + note.text() + " (" + note.by() + ")")
                    : List.of();
        }

        private List<String> answered(Answered answered) {
            List<String> lines = new ArrayList<>();
            if (!onScreen || !answered.by().endsWith(Reply.AT_THE_TERMINAL)) {
                answered.question().strip().lines().map(line -> "| " + line).forEach(lines::add);
            }
            String meaning = answered.accepted() ? "" : ", which is not yes";
            lines.add("answered \"" + answered.answer() + "\" by " + answered.by() + meaning);
            return lines;
        }
    }

    /** The end of a run: every step with the documented sub-steps that it carries out, how it ended and how long it took. */
    private static final class RunSummary {
        private final Outline outline;
        private final RunState run;
        private final Paint paint;

        RunSummary(Outline outline, RunState run, Paint paint) {
            this.outline = outline;
            this.run = run;
            this.paint = paint;
        }

        List<String> lines(RunStopped stopped, Instant now, String resumeCommand) {
            List<String> lines = new ArrayList<>();
            lines.add("");
            lines.add(paint.strong(heading()));
            outline.lines().forEach(line -> lines.add(row(line)));
            lines.add("");
            lines.add(last(stopped.ending(), now));
            if (!stopped.message().isBlank()) {
                lines.add(stopped.message().strip());
            }
            if (!resumeCommand.isEmpty() && !stopped.ending().isOver()) {
                // never in colours: whoever copies it would take them along
                ("Go on with:  " + resumeCommand).lines().forEach(lines::add);
            }
            return lines;
        }

        private String heading() {
            return format("step", "documented", "outcome", "time", outline.title());
        }

        private String row(Outline.Line line) {
            StepState track = run.step(line.id());
            String plain = format(line.id(), documents(line), Outcomes.word(track), time(track), line.title());
            String reason = Outcomes.reason(track);
            String why = reason.isEmpty() ? "" : "  (" + reason + ")";
            return Outcomes.paint(track, paint, plain) + why;
        }

        private static String documents(Outline.Line line) {
            return line.documents().isEmpty() ? "-" : line.documents();
        }

        private String format(String id, String documents, String outcome, String time, String title) {
            String layout = "%-" + Math.max(4, outline.widestId()) + "s  %-" + Math.max(10, outline.widestDocuments())
                    + "s  %-12s %7s  %s";
            return String.format(Locale.ROOT, layout, id, documents, outcome, time, title);
        }

        private String last(Ending ending, Instant now) {
            return Outcomes.paint(ending, paint, Outcomes.headline(run, ending)) + " After "
                    + Elapsed.between(run.startedAt(), now) + ": " + counts() + ".";
        }

        private String counts() {
            Map<String, Long> counts = outline.lines().stream()
                    .collect(Collectors.groupingBy(line -> Outcomes.word(run.step(line.id())), Collectors.counting()));
            return Outcomes.WORDS.stream()
                    .filter(counts::containsKey)
                    .map(word -> counts.get(word) + " " + word)
                    .collect(Collectors.joining(", "));
        }
    }

    /**
     * The step that a run works on, at a moment.
     *
     * @param head the number of the step, what is done with it, how long by now, and its id, in the columns of the other lines
     * @param brief the same, as short as possible
     * @param title for people
     * @param position which of several things it is at, {@code 3 of 5}; empty where there is only one
     * @param lost since when it is unknown whether what was sent has happened; empty while that is known
     */
    public record UnderWay(String head, String brief, String title, String position, Optional<Duration> lost) {}
}
