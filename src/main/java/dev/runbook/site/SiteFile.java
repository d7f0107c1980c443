package dev.runbook.site;

import dev.runbook.diagnostic.Checked;
import dev.runbook.diagnostic.Source;
import java.util.Map;

/** Reads a site file: one flat map of values by variable, shared by all runbooks of a site. */
public final class SiteFile {
    private SiteFile() {}

    /** The values in the order written. */
    public static Checked<Map<String, Given>> read(Source source) {
        throw new UnsupportedOperationException(source.name());
    }
}
