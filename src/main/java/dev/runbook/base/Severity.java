package dev.runbook.base;

import java.util.Locale;

/** How bad a finding is, worst first. */
public enum Severity {
    /** The runbook cannot be run. */
    ERROR,
    /** The runbook runs, and will probably hurt. */
    WARNING,
    /** The runbook could read better. */
    HINT;

    /** The word as printed. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
