package dev.runbook.session;

import dev.runbook.console.Refusal;
import dev.runbook.diagnostic.Source;
import dev.runbook.model.Runbook;
import dev.runbook.model.Step;
import dev.runbook.state.RunState;
import dev.runbook.state.StepStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares a runbook that was edited with the one that a run worked with so far, step by step, by the lines as written. */
final class ChangedSteps {
    private ChangedSteps() {}

    /** What changed, a line each; refuses when it is a step that is finished or in doubt. */
    static List<String> between(Runbook before, Runbook now, RunState state) {
        Map<String, String> old = texts(before);
        Map<String, String> edited = texts(now);
        List<String> changes = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        old.forEach((id, text) -> {
            if (!text.equals(edited.get(id))) {
                String change = "step " + id + (edited.containsKey(id) ? " was changed" : " was taken out");
                StepStatus status = state.step(id).status();
                (status.isFinished() || status.isDoubtful() ? refused : changes).add(change);
            }
        });
        edited.keySet().stream()
                .filter(id -> !old.containsKey(id))
                .forEach(id -> changes.add("step " + id + " is new"));
        if (!refused.isEmpty()) {
            throw Refusal.usage("In " + now.source().name() + " " + String.join(", ", refused)
                    + ". A step that is finished or in doubt cannot change any more. Nothing was begun.");
        }
        return changes;
    }

    /** The lines of each step, from its first line to that of the next, without blanks at their ends. */
    private static Map<String, String> texts(Runbook runbook) {
        Map<String, String> texts = new LinkedHashMap<>();
        List<Step> steps = runbook.steps();
        for (int i = 0; i < steps.size(); i++) {
            int first = line(steps.get(i));
            int end = i + 1 < steps.size() ? line(steps.get(i + 1)) : endOfSteps(runbook.source(), first);
            texts.put(steps.get(i).id().text(), text(runbook.source(), first, end));
        }
        return texts;
    }

    /** The steps end where the next line begins without a blank. */
    private static int endOfSteps(Source source, int from) {
        int line = from + 1;
        while (line <= source.lines().size()
                && (source.line(line).isBlank() || source.line(line).startsWith(" "))) {
            line++;
        }
        return line;
    }

    private static String text(Source source, int from, int end) {
        List<String> lines = new ArrayList<>();
        for (int line = from; line < end; line++) {
            if (!source.line(line).isBlank()) {
                lines.add(source.line(line).stripTrailing());
            }
        }
        return String.join("\n", lines);
    }

    private static int line(Step step) {
        return step.id().origin().position().line();
    }
}
