package dev.runbook.session;

import dev.runbook.console.ConsoleSecrets;
import dev.runbook.console.Refusal;
import dev.runbook.console.Surroundings;
import dev.runbook.diagnostic.Checked;
import dev.runbook.model.Runbook;
import dev.runbook.site.Given;
import dev.runbook.site.Site;
import dev.runbook.site.SiteBinder;
import java.util.List;
import java.util.Map;

/** Values of variables, from wherever they come. */
public final class SiteValues {
    private SiteValues() {}

    /** The values for a run, all checked; prints what is wrong with them and refuses. */
    public static Site bind(
            Runbook runbook, List<Map<String, Given>> strongestFirst, String run, String stamp, Surroundings around) {
        Checked<Site> site = new SiteBinder(new ConsoleSecrets(around)).bind(runbook, strongestFirst, run, stamp);
        Findings.print(site.diagnostics(), around.err());
        return site.value()
                .orElseThrow(
                        () -> Refusal.usage(
                                "The values are not complete. Nothing was begun. plan --site-template writes a"
                                        + " site file to fill in; a run does not keep passwords, so a resume needs the site file again."));
    }
}
