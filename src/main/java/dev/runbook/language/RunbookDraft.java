package dev.runbook.language;

import dev.runbook.base.Diagnostic;
import dev.runbook.yaml.Unread;
import java.util.List;
import java.util.Optional;

/**
 * A runbook as far as it could be read. Not fit to be run; what is missing in it is an empty text.
 *
 * @param runbook what could be read; empty when nothing could
 * @param findings everything that is wrong with its YAML, its shape and its values
 * @param unread the steps, facts, variables and other entries that could not be read, and are not in the runbook
 */
public record RunbookDraft(Optional<Runbook> runbook, List<Diagnostic> findings, Unread unread) {
    /** Copies the findings. */
    public RunbookDraft {
        findings = List.copyOf(findings);
    }
}
