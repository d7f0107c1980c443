package dev.runbook.fix;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Source;
import dev.runbook.load.RunbookDraft;
import dev.runbook.load.RunbookLoader;
import dev.runbook.model.Runbook;
import java.util.List;
import java.util.Optional;

/**
 * A file on its way to being correct.
 *
 * @param text of the file
 * @param source the same, cut into lines
 * @param runbook what could be read of it
 * @param findings what is wrong with its YAML, its shape and its values
 */
record Draft(RawText text, Source source, Optional<Runbook> runbook, List<Diagnostic> findings) {
    static Draft of(RunbookLoader loader, String name, String text) {
        Source source = Source.of(name, text);
        RunbookDraft read = loader.draft(source);
        return new Draft(new RawText(text), source, read.runbook(), read.findings());
    }
}
