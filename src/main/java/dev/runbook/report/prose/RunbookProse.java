package dev.runbook.report.prose;

import dev.runbook.language.Fact;
import dev.runbook.language.Runbook;
import dev.runbook.language.Step;
import dev.runbook.language.Variable;
import dev.runbook.report.Paint;
import java.util.List;

/** Tells a runbook, without values: what it needs, every step in order, and what the questions mean that the steps ask. */
public final class RunbookProse {
    private final Runbook runbook;
    private final Paragraphs out;

    private RunbookProse(Runbook runbook, Paragraphs out) {
        this.runbook = runbook;
        this.out = out;
    }

    /** The lines, none of them wider than that; T-SQL stays as it was written. */
    public static List<String> of(Runbook runbook, int width, Paint paint) {
        Paragraphs out = new Paragraphs(width, paint);
        RunbookProse prose = new RunbookProse(runbook, out);
        prose.beginning();
        StepProse steps = new StepProse(runbook, out);
        runbook.steps().forEach(steps::add);
        prose.facts();
        return out.lines();
    }

    private void beginning() {
        out.heading(Spoken.text(runbook.title()));
        runbook.description().ifPresent(text -> out.add(0, Spoken.flowing(text)));
        runbook.pages().forEach(page -> out.add(0, "It follows " + page.title() + ": " + page.url()));
        runbook.rto().ifPresent(rto -> out.add(0, "It should take no more than " + Spoken.duration(rto) + "."));
        out.gap();
        out.add(0, counts());
        if (!runbook.variables().isEmpty()) {
            out.gap();
            out.heading("What differs from site to site");
            runbook.variables().values().forEach(this::variable);
        }
    }

    private String counts() {
        int steps = runbook.steps().size();
        List<String> barriers = runbook.steps().stream()
                .filter(Step::isPointOfNoReturn)
                .map(step -> step.id().text())
                .toList();
        String way = barriers.isEmpty()
                ? "Every step can be taken back."
                : "There is no way back from step " + Spoken.joined(barriers, " and ") + ".";
        return "It has " + steps + (steps == 1 ? " step. " : " steps. ") + way;
    }

    private void variable(Variable variable) {
        String what = variable.description().isEmpty()
                ? ""
                : ": " + variable.description().strip();
        String given = variable.defaultValue()
                .map(value -> "; " + Spoken.value(value) + " unless somebody says otherwise")
                .orElse(variable.optional() ? "; may be left out" : "");
        out.item(0, variable.name() + what + given);
    }

    private void facts() {
        if (!runbook.facts().isEmpty()) {
            out.gap();
            out.heading("What the questions mean");
            out.add(
                    0,
                    "Asking changes nothing. Where nothing else is said, the answer is yes as soon as anything is found.");
            for (Fact fact : runbook.facts().values()) {
                out.item(0, fact.name() + ": " + Facts.of(fact));
            }
        }
    }
}
