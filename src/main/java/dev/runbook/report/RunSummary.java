package dev.runbook.report;

import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent.RunStopped;
import dev.runbook.report.StepTrack.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The end of a run: every step with the documented sub-steps that it carries out, how it ended and how long it took. */
final class RunSummary {
    private final Outline outline;
    private final RunTrack run;
    private final Paint paint;

    RunSummary(Outline outline, RunTrack run, Paint paint) {
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
        if (!resumeCommand.isEmpty() && stopped.ending() != Ending.DONE && stopped.ending() != Ending.ROLLED_BACK) {
            lines.add("Go on with:  " + paint.strong(resumeCommand));
        }
        return lines;
    }

    private String heading() {
        return format("step", "documented", "outcome", "time", outline.title());
    }

    private String row(Outline.Line line) {
        StepTrack track = run.step(line.id());
        String plain = format(line.id(), documents(line), track.outcome().word(), track.time(), line.title());
        String why = track.reason().isEmpty() ? "" : "  (" + track.reason() + ")";
        return Outcomes.paint(track.outcome(), paint, plain) + why;
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
        return Outcomes.paint(ending, paint, run.headline(ending)) + " After " + run.timeUntil(now) + ": " + counts()
                + ".";
    }

    private String counts() {
        Map<Outcome, Long> counts = outline.lines().stream()
                .collect(Collectors.groupingBy(line -> run.step(line.id()).outcome(), Collectors.counting()));
        return Arrays.stream(Outcome.values())
                .filter(counts::containsKey)
                .map(outcome -> counts.get(outcome) + " " + outcome.word())
                .collect(Collectors.joining(", "));
    }
}
