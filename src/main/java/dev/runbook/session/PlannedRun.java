package dev.runbook.session;

import dev.runbook.console.Refusal;
import dev.runbook.console.Surroundings;
import dev.runbook.diagnostic.Checked;
import dev.runbook.plan.Plan;
import dev.runbook.plan.PlanPrint;
import dev.runbook.site.Given;
import dev.runbook.site.Site;
import dev.runbook.site.SiteBinder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/** What a run that began now would be called, and would do. */
public final class PlannedRun {
    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

    private PlannedRun() {}

    /** The plan of a run that is never begun. */
    public static Plan of(OpenedRunbook opened, List<Map<String, Given>> strongestFirst, Surroundings surroundings) {
        Instant now = surroundings.clock().instant();
        Site site = opened.bind(strongestFirst, id(opened, now), stamp(now), surroundings);
        return new Plan(opened.runbook(), site, opened.file().digest());
    }

    /** The same in fingerprints, and without asking anybody for a secret: it is the same for every run of these
     * values, in the runbook's own words and so in whatever language people read them. */
    public static PlanPrint print(
            OpenedRunbook opened, List<Map<String, Given>> strongestFirst, Surroundings surroundings) {
        Checked<Site> site =
                SiteBinder.withoutSecrets().bind(opened.own(), strongestFirst, PlanPrint.RUN, PlanPrint.STAMP);
        return site.value()
                .map(bound ->
                        PlanPrint.of(new Plan(opened.own(), bound, opened.file().digest()), opened.texts()))
                .orElseThrow(() -> {
                    Findings.print(site.diagnostics(), surroundings.err());
                    return Refusal.usage("The values are not complete. Nothing was begun.");
                });
    }

    /** The id of a run that begins then. */
    static String id(OpenedRunbook opened, Instant start) {
        return ID.format(start) + "-" + opened.file().plainName();
    }

    /** Its {@code {{run.stamp}}}. */
    static String stamp(Instant start) {
        return STAMP.format(start);
    }
}
