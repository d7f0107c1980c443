package dev.runbook.yaml;

import dev.runbook.base.Diagnostic;

/** Ends the reading of a text that holds more than a file may hold. */
final class BeyondBounds extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Diagnostic finding;

    BeyondBounds(Diagnostic finding) {
        super(finding.message());
        this.finding = finding;
    }

    /** What is too much, and where. */
    Diagnostic finding() {
        return finding;
    }
}
