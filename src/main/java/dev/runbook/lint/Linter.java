package dev.runbook.lint;

import dev.runbook.diagnostic.Checked;
import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Source;
import dev.runbook.load.RunbookLoader;
import dev.runbook.model.Runbook;
import dev.runbook.rule.Rule;
import dev.runbook.suppression.Suppressions;
import java.util.ArrayList;
import java.util.List;

/** Reads runbooks and holds every rule against them. */
public final class Linter {
    private final RunbookLoader loader = new RunbookLoader();
    private final List<Rule> rules;

    /** With the cmdlets that are known to the program. */
    public Linter() {
        this(Rules.all());
    }

    /** With these rules. */
    public Linter(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * Loads a runbook and checks it, all at once: mistakes of YAML, of shape and of meaning. Warnings and hints that the author
     * has switched off by a comment are left out.
     *
     * @return the runbook with warnings and hints at most, or everything that is wrong with it; a runbook may be run exactly
     *     when this returns a value
     */
    public Checked<Runbook> read(Source source) {
        Checked<Runbook> draft = loader.draft(source);
        List<Diagnostic> findings = new ArrayList<>(draft.diagnostics());
        draft.value().ifPresent(runbook -> findings.addAll(lint(runbook)));
        List<String> ids = rules.stream().map(Rule::id).toList();
        Checked<Runbook> checked =
                new Checked<>(draft.value(), Suppressions.in(source).apply(findings, ids));
        return checked.hasErrors() ? Checked.failed(checked.diagnostics()) : checked;
    }

    /** Everything that breaks a rule, in the order of the file. */
    public List<Diagnostic> lint(Runbook runbook) {
        return rules.stream()
                .flatMap(rule -> rule.check(runbook).stream())
                .distinct()
                .sorted(Diagnostic.BY_PLACE)
                .toList();
    }
}
