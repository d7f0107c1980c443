package dev.runbook.report;

import dev.runbook.base.Harmless;
import dev.runbook.base.Row;
import dev.runbook.event.Finding;
import dev.runbook.event.RunEvent;
import dev.runbook.event.RunEvent.Answered;
import dev.runbook.event.RunEvent.AttemptFailed;
import dev.runbook.event.RunEvent.AttemptStarted;
import dev.runbook.event.RunEvent.CameBack;
import dev.runbook.event.RunEvent.Decided;
import dev.runbook.event.RunEvent.FactAsked;
import dev.runbook.event.RunEvent.FilesChosen;
import dev.runbook.event.RunEvent.FilesCopied;
import dev.runbook.event.RunEvent.Remembered;
import dev.runbook.event.RunEvent.RetryScheduled;
import dev.runbook.event.RunEvent.Sent;
import dev.runbook.event.RunEvent.StepDone;
import dev.runbook.event.RunEvent.StepFailed;
import dev.runbook.event.RunEvent.StepInDoubt;
import dev.runbook.event.RunEvent.StepLeft;
import dev.runbook.event.RunEvent.StepSkipped;
import dev.runbook.event.RunEvent.StepUndone;
import dev.runbook.event.RunEvent.UndoFailed;
import dev.runbook.event.Trouble;
import dev.runbook.event.Work;
import dev.runbook.journal.Entry;
import dev.runbook.state.RunFold;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What happened in each step, in full: every finding with its rows, every text that was sent, every answer and error. */
final class StepStory {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    private final Map<String, List<Entry>> entries = new LinkedHashMap<>();

    void add(Entry entry) {
        RunFold.stepOf(entry.event())
                .ifPresent(step -> entries.computeIfAbsent(step, unused -> new ArrayList<>())
                        .add(entry));
    }

    /** The lines of a step. */
    List<String> of(String step) {
        List<String> lines = new ArrayList<>();
        lines.add("  All that the journal has of step " + step + " (UTC):");
        for (Entry entry : entries.getOrDefault(step, List.of())) {
            String time = TIME.format(entry.time());
            for (String line : text(entry.event()).lines().toList()) {
                lines.add(String.format(Locale.ROOT, "    %-8s  %s", time, line));
                time = "";
            }
        }
        return lines;
    }

    /** What an event says, in words; several lines where rows or statements are in it. */
    static String text(RunEvent event) {
        if (event instanceof FactAsked asked) {
            return asked(asked);
        }
        if (event instanceof Remembered remembered) {
            return "remembered " + remembered.name() + ":" + rows(remembered.rows());
        }
        if (event instanceof Answered answered) {
            return answered.question().strip() + "\nanswered \"" + answered.answer() + "\" by " + answered.by();
        }
        if (event instanceof Decided decided) {
            return "decided " + words(decided.decision().name()) + ": " + decided.reason() + " (" + decided.by() + ")";
        }
        if (event instanceof StepFailed failed) {
            return "failed: " + trouble(failed.trouble());
        }
        if (event instanceof StepInDoubt doubt) {
            return "in doubt: " + trouble(doubt.trouble());
        }
        return RunFold.workOf(event).map(work -> attempt(event, work)).orElseGet(() -> ofStep(event));
    }

    private static String ofStep(RunEvent event) {
        if (event instanceof StepSkipped skipped) {
            return "skipped: " + Outcomes.reason(skipped);
        }
        if (event instanceof StepDone done && done.byHand().isPresent()) {
            return "counted as done by hand: " + Outcomes.reason(done);
        }
        if (event instanceof StepLeft left) {
            return "left as it is: " + left.reason();
        }
        if (event instanceof StepUndone undone) {
            return "taken back: " + undone.how();
        }
        if (event instanceof UndoFailed failed) {
            return "not taken back: " + trouble(failed.trouble()) + "\nleft to do by hand: " + failed.left();
        }
        return event instanceof RunEvent.OfStep ? words(simpleName(event)) : ofRun(event);
    }

    private static String ofRun(RunEvent event) {
        if (event instanceof RunEvent.RunStarted started) {
            return "the run begins, by " + started.by().name();
        }
        if (event instanceof RunEvent.RunResumed resumed) {
            return "the run goes on, by " + resumed.by().name();
        }
        if (event instanceof RunEvent.RunStopped stopped) {
            return Outcomes.sentence(stopped.ending()) + " " + stopped.message();
        }
        if (event instanceof RunEvent.NoteTaken note) {
            return "note by " + note.by() + ": " + note.text();
        }
        if (event instanceof RunEvent.VariableChanged changed) {
            return "variable " + changed.variable() + " is " + changed.value() + " now, by " + changed.by();
        }
        return event instanceof RunEvent.RollbackStarted rollback
                ? "rolling back, last first: " + String.join(", ", rollback.steps()) + ", by " + rollback.by()
                : words(simpleName(event));
    }

    private static String attempt(RunEvent event, Work work) {
        String back = work.isUndo() ? "way back, action " + work.undo().getAsInt() + ": " : "";
        if (event instanceof AttemptStarted attempt) {
            return back + "attempt " + attempt.attempt() + " begins, to be sent: " + attempt.items();
        }
        if (event instanceof Sent sent) {
            return back + "sent to " + sent.target() + ":\n" + sent.text();
        }
        if (event instanceof CameBack came) {
            String harmless =
                    came.harmless().map(why -> " (does no harm: " + why + ")").orElse("");
            return back
                    + came.trouble()
                            .map(trouble -> "came back: " + trouble(trouble) + harmless)
                            .orElse("came back well")
                    + came.said().stream().map("\nIt said: "::concat).collect(Collectors.joining());
        }
        if (event instanceof FilesChosen chosen) {
            String left = chosen.leftOut().isEmpty() ? "" : "\nleft out: " + String.join(", ", chosen.leftOut());
            return back + "to copy:" + rows(chosen.files()) + left;
        }
        if (event instanceof FilesCopied copied) {
            return back + "copied whole:" + rows(copied.files());
        }
        return event instanceof RetryScheduled retry
                ? back + "attempt " + retry.attempt() + " follows in "
                        + Elapsed.text(Duration.ofMillis(retry.delayMillis()))
                : back + "attempt failed: " + trouble(((AttemptFailed) event).trouble());
    }

    private static String asked(FactAsked asked) {
        Finding finding = asked.finding();
        String clause = FindingText.clause(asked.fact(), asked.wanted());
        String found = finding.truth() == Finding.Truth.TRUE
                ? "found " + FindingText.count(finding) + (asked.wanted() ? "" : ", wanted none")
                : FindingText.found(finding, asked.wanted());
        return words(asked.phase().name()) + ": " + clause + ": " + found + rows(finding.rows());
    }

    /** A line a row, with the columns that have something in them. */
    private static String rows(List<Row> rows) {
        return rows.stream()
                .map(StepStory::row)
                .filter(row -> !row.isEmpty())
                .map(row -> "\n  " + row)
                .collect(Collectors.joining());
    }

    private static String row(Row row) {
        return row.columns().entrySet().stream()
                .filter(column -> !column.getValue().text().isEmpty())
                .map(column ->
                        Harmless.line(column.getKey() + " " + column.getValue().text()))
                .collect(Collectors.joining(", "));
    }

    private static String trouble(Trouble trouble) {
        StringBuilder text = new StringBuilder(FindingText.trouble(trouble) + " [" + trouble.code() + "]");
        trouble.details().forEach(detail -> text.append("\n  ").append(detail));
        return text.toString();
    }

    private static String simpleName(RunEvent event) {
        return event.getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_");
    }

    private static String words(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
