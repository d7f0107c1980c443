package dev.runbook.session;

import dev.runbook.base.Checked;
import dev.runbook.event.Actor;
import dev.runbook.plan.Plan;
import dev.runbook.plan.PlanPrint;
import dev.runbook.report.Paint;
import dev.runbook.report.PlanText;
import dev.runbook.site.Site;
import dev.runbook.site.SiteBinder;
import dev.runbook.site.SuppliedValue;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/** What a run that began now would be called, and would do. */
public final class PlannedRun {
    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

    /** So many marks of four letters and digits there are, and as many numbers of five that begin with 1. */
    private static final long MARKS = 36L * 36 * 36 * 36;

    private PlannedRun() {}

    /** The plan of a run that is never begun, with all that is needed to ask its servers. */
    public static Plan of(OpenedRunbook opened, List<Map<String, SuppliedValue>> strongestFirst, CliContext context) {
        return of(opened, strongestFirst, context, opened::bind);
    }

    /** The same for looking at, without a secret: it reads none of the files that the values name. */
    public static Plan outline(
            OpenedRunbook opened, List<Map<String, SuppliedValue>> strongestFirst, CliContext context) {
        return of(opened, strongestFirst, context, opened::bindWithoutSecrets);
    }

    private static Plan of(
            OpenedRunbook opened,
            List<Map<String, SuppliedValue>> strongestFirst,
            CliContext context,
            Binding binding) {
        Instant now = context.clock().instant();
        Site site = binding.bind(strongestFirst, id(opened, now, context.actor()), stamp(now), context);
        return new Plan(opened.runbook(), site, opened.file().digest());
    }

    private interface Binding {
        Site bind(List<Map<String, SuppliedValue>> strongestFirst, String run, String stamp, CliContext around);
    }

    /** The same in fingerprints, and without asking anybody for a secret: it is the same for every run of these
     * values, in the runbook's own words and so in whatever language people read them. */
    public static PlanPrint print(
            OpenedRunbook opened, List<Map<String, SuppliedValue>> strongestFirst, CliContext context) {
        return PlanPrint.of(anyRun(opened, strongestFirst, context), opened.texts());
    }

    /** The same in words for people: those of the runbook itself, and so the same for everybody. */
    public static List<String> words(
            OpenedRunbook opened, List<Map<String, SuppliedValue>> strongestFirst, CliContext context) {
        return PlanText.of(anyRun(opened, strongestFirst, context), Paint.PLAIN);
    }

    private static Plan anyRun(
            OpenedRunbook opened, List<Map<String, SuppliedValue>> strongestFirst, CliContext context) {
        Checked<Site> site =
                SiteBinder.withoutSecrets().bind(opened.own(), strongestFirst, PlanPrint.RUN, PlanPrint.STAMP);
        return site.value()
                .map(bound -> new Plan(opened.own(), bound, opened.file().digest()))
                .orElseThrow(() -> {
                    Findings.print(site.diagnostics(), context.err());
                    return Refusal.usage("The values are not complete. Nothing was begun.");
                });
    }

    /**
     * The id of a run that begins then. Its end tells apart what begins in the same second in several folders: it is made of the
     * moment and of who begins it.
     */
    static String id(OpenedRunbook opened, Instant start, Actor by) {
        String origin = start + " " + by.name() + " " + by.process();
        CRC32 sum = new CRC32();
        sum.update(origin.getBytes(StandardCharsets.UTF_8));
        String mark = Long.toString(MARKS + sum.getValue() % MARKS, 36).substring(1);
        return ID.format(start) + "-" + opened.file().plainName() + "-" + mark;
    }

    /** Its {@code {{run.stamp}}}. */
    static String stamp(Instant start) {
        return STAMP.format(start);
    }
}
