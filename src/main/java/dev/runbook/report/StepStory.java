package dev.runbook.report;

import dev.runbook.event.Finding;
import dev.runbook.event.RunEvent;
import dev.runbook.event.RunEvent.Answered;
import dev.runbook.event.RunEvent.AttemptFailed;
import dev.runbook.event.RunEvent.AttemptStarted;
import dev.runbook.event.RunEvent.CameBack;
import dev.runbook.event.RunEvent.Decided;
import dev.runbook.event.RunEvent.FactAsked;
import dev.runbook.event.RunEvent.FilesChosen;
import dev.runbook.event.RunEvent.Remembered;
import dev.runbook.event.RunEvent.RetryScheduled;
import dev.runbook.event.RunEvent.Sent;
import dev.runbook.event.RunEvent.StepFailed;
import dev.runbook.event.RunEvent.StepInDoubt;
import dev.runbook.event.Trouble;
import dev.runbook.event.Work;
import dev.runbook.journal.Entry;
import dev.runbook.value.Row;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What happened in each step, in full: every finding with its rows, every text that was sent, every answer and error. */
final class StepStory {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    private final Map<String, List<Entry>> entries = new LinkedHashMap<>();

    void add(Entry entry) {
        stepOf(entry.event())
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

    private static Optional<String> stepOf(RunEvent event) {
        return event instanceof RunEvent.OfStep ofStep
                ? Optional.of(ofStep.step())
                : work(event).map(Work::step);
    }

    private static Optional<Work> work(RunEvent event) {
        if (event instanceof AttemptStarted attempt) {
            return Optional.of(attempt.work());
        }
        if (event instanceof Sent sent) {
            return Optional.of(sent.work());
        }
        if (event instanceof CameBack back) {
            return Optional.of(back.work());
        }
        if (event instanceof FilesChosen chosen) {
            return Optional.of(chosen.work());
        }
        if (event instanceof AttemptFailed failed) {
            return Optional.of(failed.work());
        }
        return event instanceof RetryScheduled retry ? Optional.of(retry.work()) : Optional.empty();
    }

    private static String text(RunEvent event) {
        if (event instanceof FactAsked asked) {
            return asked(asked);
        }
        if (event instanceof Remembered remembered) {
            return "remembered " + remembered.name() + ":" + rows(remembered.rows());
        }
        if (event instanceof Answered answered) {
            return "answered \"" + answered.answer() + "\" by " + answered.by();
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
        return work(event).map(work -> attempt(event, work)).orElseGet(() -> words(simpleName(event)));
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
                            .orElse("came back well");
        }
        if (event instanceof FilesChosen chosen) {
            return back + "to copy:" + rows(chosen.files());
        }
        return event instanceof RetryScheduled retry
                ? back + "attempt " + retry.attempt() + " follows in "
                        + Elapsed.text(Duration.ofMillis(retry.delayMillis()))
                : back + "attempt failed: " + trouble(((AttemptFailed) event).trouble());
    }

    private static String asked(FactAsked asked) {
        Finding finding = asked.finding();
        String clause = FindingText.clause(asked.fact(), asked.wanted());
        String found = FindingText.found(finding, asked.wanted());
        return words(asked.phase().name()) + ": " + clause + ": " + found + rows(finding.rows());
    }

    private static String rows(List<Row> rows) {
        StringBuilder text = new StringBuilder();
        for (Row row : rows) {
            List<String> columns = new ArrayList<>();
            row.columns().forEach((name, value) -> columns.add(name + " " + value.text()));
            text.append("\n  ").append(String.join(", ", columns));
        }
        return text.toString();
    }

    private static String trouble(Trouble trouble) {
        StringBuilder text = new StringBuilder(TroubleText.sentence(trouble) + " [" + trouble.code() + "]");
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
