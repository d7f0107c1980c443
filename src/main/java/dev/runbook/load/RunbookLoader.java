package dev.runbook.load;

import dev.runbook.diagnostic.Checked;
import dev.runbook.diagnostic.Source;
import dev.runbook.model.Runbook;

/** Reads a runbook. */
public final class RunbookLoader {
    /**
     * The runbook that a source holds, or everything that is wrong with its YAML, its shape and its values. What names mean is
     * not looked at: that is what {@code lint} is for.
     */
    public Checked<Runbook> load(Source source) {
        throw new UnsupportedOperationException(source.name());
    }
}
