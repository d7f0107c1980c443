package dev.runbook.lint;

import dev.runbook.diagnostic.Checked;
import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Source;
import dev.runbook.load.RunbookLoader;
import dev.runbook.model.Runbook;
import java.util.ArrayList;
import java.util.List;

/** Reads runbooks and holds every rule against them. */
public final class Linter {
    private final RunbookLoader loader = new RunbookLoader();

    /**
     * Loads a runbook and checks it, all at once: mistakes of YAML, of shape and of meaning.
     *
     * @return the runbook with warnings and hints at most, or everything that is wrong with it; a runbook may be run exactly
     *     when this returns a value
     */
    public Checked<Runbook> read(Source source) {
        Checked<Runbook> draft = loader.draft(source);
        List<Diagnostic> findings = new ArrayList<>(draft.diagnostics());
        draft.value().ifPresent(runbook -> findings.addAll(lint(runbook)));
        Checked<Runbook> checked = new Checked<>(draft.value(), findings);
        return checked.hasErrors() ? Checked.failed(findings) : checked;
    }

    /** Everything that breaks a rule, in the order of the file. */
    public List<Diagnostic> lint(Runbook runbook) {
        return Rules.all().stream()
                .flatMap(rule -> rule.check(runbook).stream())
                .distinct()
                .sorted(Diagnostic.BY_PLACE)
                .toList();
    }
}
