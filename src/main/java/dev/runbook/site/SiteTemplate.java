package dev.runbook.site;

import dev.runbook.model.Runbook;

/** Writes a site file to be filled in. */
public final class SiteTemplate {
    private SiteTemplate() {}

    /** A commented site file with every variable of the runbook: type, description, default, example. */
    public static String of(Runbook runbook) {
        throw new UnsupportedOperationException(runbook.id().text());
    }
}
