package dev.runbook.change;

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
public final class ChangedSteps {
    private ChangedSteps() {}

    /**
     * What changed, in lines: each step that is another one, line by line.
     *
     * @param accept whether steps that are finished may be other ones too; they stay finished, and are not done again
     * @throws Refusal if a finished step changed and that is not accepted, or one that is in doubt did
     */
    public static List<String> between(Runbook before, Runbook now, RunState state, boolean accept) {
        Map<String, String> old = texts(before);
        Map<String, String> edited = texts(now);
        List<String> lines = new ArrayList<>();
        List<String> finished = new ArrayList<>();
        List<String> doubtful = new ArrayList<>();
        old.forEach((id, text) -> {
            if (!text.equals(edited.get(id))) {
                String change = "step " + id + (edited.containsKey(id) ? " was changed" : " was taken out");
                StepStatus status = state.step(id).status();
                if (status.isDoubtful()) {
                    doubtful.add(change);
                } else if (status.isFinished()) {
                    finished.add(change);
                }
                describe(change + (status.isFinished() ? ", and is finished:" : ":"), text, edited.get(id), lines);
            }
        });
        edited.forEach((id, text) -> {
            if (!old.containsKey(id)) {
                describe("step " + id + " is new:", "", text, lines);
            }
        });
        refuse(now, doubtful, "A step in doubt cannot change any more.", lines);
        if (!accept) {
            refuse(
                    now,
                    finished,
                    "A finished step is not done again. To go on with the new runbook all the same: --accept-changed.",
                    lines);
        }
        return lines;
    }

    private static void refuse(Runbook now, List<String> changes, String why, List<String> lines) {
        if (!changes.isEmpty()) {
            throw Refusal.usage(String.join("\n", lines) + "\nIn "
                    + now.source().name() + " " + String.join(", ", changes) + ". " + why + " Nothing was begun.");
        }
    }

    private static void describe(String heading, String before, String now, List<String> lines) {
        lines.add(heading);
        List<String> later = now == null ? List.of() : now.lines().toList();
        LineDiff.of(before.lines().toList(), later).forEach(line -> lines.add("    " + line));
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
