package dev.runbook.inspection;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.lint.Linter;
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

    /** Holds the rules against these files. */
    public static Inspection of(List<Input> inputs, Linter linter) {
        Inspector inspector = new Inspector(linter);
        inputs.forEach(inspector::look);
        return inspector.inspection();
    }

    /** The same without findings that are known. */
    public Inspection without(Baseline known) {
        return new Inspection(files, known.newAmong(findings), notChecked);
    }
}
