package dev.runbook.report;

import dev.runbook.event.Finding;
import dev.runbook.report.CheckText.AskedFact;
import dev.runbook.report.CheckText.StepStanding;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A check as JSON. */
public final class CheckJson {
    private CheckJson() {}

    /**
     * The document, with a line end.
     *
     * @param clear whether a run could begin as things are
     */
    public static String of(List<AskedFact> facts, List<StepStanding> steps, boolean clear) {
        ObjectNode document = JsonText.object();
        document.put("clear", clear);
        ArrayNode asked = document.putArray("facts");
        facts.forEach(fact -> asked.add(fact(fact)));
        ArrayNode standings = document.putArray("steps");
        steps.forEach(step -> standings.add(step(step)));
        return JsonText.pretty(document);
    }

    private static ObjectNode fact(AskedFact asked) {
        Finding finding = asked.finding();
        ObjectNode node = JsonText.object();
        node.put("fact", asked.fact());
        node.put("truth", finding.truth().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        node.put("found", FindingText.found(finding, true));
        node.put("rows", finding.count());
        finding.trouble().ifPresent(trouble -> node.put("code", trouble.code()));
        asked.advice().ifPresent(advice -> node.put("advice", advice.strip()));
        return node;
    }

    private static ObjectNode step(StepStanding step) {
        ObjectNode node = JsonText.object();
        node.put("step", step.step());
        node.put("title", step.title());
        node.put("standing", step.standing());
        node.put("why", step.why());
        node.put("stops", step.stops());
        return node;
    }
}
