package dev.runbook.lint;

import dev.runbook.diagnostic.Checked;
import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Source;
import dev.runbook.model.Runbook;
import java.util.List;

/** Reads runbooks and holds every rule against them. */
public final class Linter {
    /**
     * Loads a runbook and checks it, all at once: mistakes of YAML, of shape and of meaning.
     *
     * @return the runbook with warnings and hints at most, or everything that is wrong with it; a runbook may be run exactly
     *     when this returns a value
     */
    public Checked<Runbook> read(Source source) {
        throw new UnsupportedOperationException(source.name());
    }

    /** Everything that breaks a rule, in the order of the file. */
    public List<Diagnostic> lint(Runbook runbook) {
        throw new UnsupportedOperationException(runbook.id().text());
    }
}
