package dev.runbook.simulation;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.endpoint.Question;
import dev.runbook.engine.World;
import dev.runbook.event.RunEvent;
import dev.runbook.event.Trouble;
import dev.runbook.event.Work;
import dev.runbook.state.RunState;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts into words, a line each, what a run writes down, asks and waits for. */
final class Telling implements World.Watcher {
    private final StringBuilder text = new StringBuilder();

    void line(String line) {
        text.append(line.replace("\n", "\n      ").stripTrailing()).append('\n');
    }

    void event(RunEvent event) {
        line("  " + words(event));
    }

    void question(Question question) {
        line("  ? " + question.kind() + " of " + question.subject()
                + question.heading()
                        .map(heading -> "\n" + heading.place() + " | " + heading.title() + " | " + heading.mark())
                        .orElse("")
                + "\n" + question.message().strip());
        if (question.choices().isEmpty()) {
            line("    yes is " + question.expected() + ", no is " + question.declining());
        }
        question.choices()
                .forEach(choice -> line("    " + choice.word() + " " + choice.argument() + ": " + choice.meaning()));
    }

    /** What the journal tells of the run by now. */
    void state(RunState run) {
        run.steps().forEach((id, step) -> line("  " + id + ": " + record(step)));
        line("  run: " + run.behind() + " steps behind" + (run.isOver() ? ", over" : "")
                + (run.hasChanges() ? ", changed something" : "")
                + (run.isRollbackRequested() ? ", to be taken back" : "")
                + run.rollbackBy().map(by -> ", taken back by " + by).orElse("")
                + run.rollingBack().map(steps -> ", takes back " + steps).orElse("")
                + ", by hand " + run.byHand() + ", skipped " + run.skippedByPersons() + ", left "
                + run.leftAsTheyAre());
    }

    @Override
    public void advanced(String step, long done, long total, String unit) {
        line("  ~ " + step + " has done " + done + " of " + total + " " + unit);
    }

    @Override
    public void said(String step, String message) {
        line("  ~ " + step + " hears: " + message);
    }

    @Override
    public void waiting(String step, String condition, String why, Duration left) {
        line("  ~ " + step + " waits for " + condition + ": " + why + " left: " + left);
    }

    @Override
    public void pausing(String step, int nextAttempt, Duration time) {
        line("  ~ " + step + " pauses for " + time + " before attempt " + nextAttempt);
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private static String words(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(Telling::words)
                    .map(said -> said.isEmpty() ? "\"\"" : said)
                    .orElse("");
        }
        if (value instanceof List<?> list) {
            return list.isEmpty() ? "" : list.stream().map(Telling::words).collect(Collectors.joining("; ", "[", "]"));
        }
        if (value instanceof Set<?> set) {
            return set.stream().map(Telling::words).sorted().collect(Collectors.joining(" "));
        }
        if (value instanceof Map<?, ?> map) {
            // a file of a disk in memory is as old as the test
            return map.entrySet().stream()
                    .filter(entry -> !entry.getKey().equals("modified"))
                    .map(entry -> entry.getKey() + "=" + words(entry.getValue()))
                    .sorted()
                    .collect(Collectors.joining(", "));
        }
        if (value instanceof Row row) {
            return words(row.columns());
        }
        if (value instanceof Value plain) {
            return plain.text();
        }
        if (value instanceof Work work) {
            return work.isUndo() ? "undo " + work.undo().getAsInt() + " of " + work.step() : work.step();
        }
        if (value instanceof Trouble trouble) {
            return trouble.code() + " " + trouble.kind() + (trouble.unknown() ? " unknown" : "")
                    + (trouble.isPartial() ? " partly" : "") + " \"" + trouble.message() + "\" "
                    + words(trouble.details()) + words(trouble.place());
        }
        return value instanceof Record record
                ? record(record)
                : value.toString().replace("\n", " ");
    }

    private static String record(Record record) {
        List<String> words = new ArrayList<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            try {
                Object value = component.getAccessor().invoke(record);
                String said = value == null ? "" : words(value);
                if (!said.isEmpty()) {
                    words.add(component.getName() + ": " + said);
                }
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }
        return record.getClass().getSimpleName() + " " + String.join(", ", words);
    }
}
