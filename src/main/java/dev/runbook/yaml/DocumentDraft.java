package dev.runbook.yaml;

import dev.runbook.base.Diagnostic;
import java.util.List;
import java.util.Optional;

/**
 * A document as far as it could be read.
 *
 * @param root its tree, without what was refused; empty when nothing could be read
 * @param findings everything that is wrong with it as YAML
 * @param unread what of it is not in the tree, since it could not be read
 */
public record DocumentDraft(Optional<Node> root, List<Diagnostic> findings, Unread unread) {
    /** Copies the findings. */
    public DocumentDraft {
        findings = List.copyOf(findings);
    }
}
