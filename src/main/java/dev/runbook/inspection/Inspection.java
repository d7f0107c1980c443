package dev.runbook.inspection;

import dev.runbook.diagnostic.Checked;
import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Source;
import dev.runbook.lint.Linter;
import dev.runbook.lint.NotChecked;
import dev.runbook.model.Runbook;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of looking at files.
 *
 * @param files their names, in the order in which they were looked at
 * @param findings everything that was found, but for what the authors have switched off
 * @param notChecked sentences that say what could not be looked at
 */
public record Inspection(List<String> files, List<Diagnostic> findings, List<String> notChecked) {
    /** Copies the lists. */
    public Inspection {
        files = List.copyOf(files);
        findings = List.copyOf(findings);
        notChecked = List.copyOf(notChecked);
    }

    /** Holds every rule against these files. */
    public static Inspection of(List<Input> inputs) {
        Linter linter = new Linter();
        List<Diagnostic> findings = new ArrayList<>();
        List<String> notChecked = new ArrayList<>();
        for (Input input : inputs) {
            findings.addAll(input.source().diagnostics());
            input.source().value().ifPresent(source -> look(linter, source, findings, notChecked));
        }
        return new Inspection(inputs.stream().map(Input::name).toList(), findings, notChecked);
    }

    private static void look(Linter linter, Source source, List<Diagnostic> findings, List<String> notChecked) {
        Checked<Runbook> runbook = linter.read(source);
        findings.addAll(runbook.diagnostics());
        List<String> clauses = runbook.value().map(NotChecked::in).orElse(List.of());
        if (!clauses.isEmpty()) {
            notChecked.add("Not checked in " + source.name() + ": " + String.join("; ", clauses) + ".");
        }
    }

    /** The same without findings that are known. */
    public Inspection without(Baseline known) {
        return new Inspection(files, known.newAmong(findings), notChecked);
    }
}
