package dev.runbook.report;

import dev.runbook.event.Finding;
import dev.runbook.event.Finding.Truth;
import dev.runbook.report.CheckText.AskedFact;
import dev.runbook.report.CheckText.StepStanding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Where an estate stands: every fact, whether it is true, what was found; then every step, whether it is done or may begin. */
public final class CheckText {
    private CheckText() {}

    /**
     * A fact that was asked.
     *
     * @param fact its name
     * @param finding what came of it
     * @param advice what the author says about it, where it cannot be asked or is not as a step requires it
     */
    public record AskedFact(String fact, Finding finding, Optional<String> advice) {}

    /**
     * A step as it stands before a run.
     *
     * @param step its id
     * @param title for people
     * @param standing in a word or two
     * @param why the clause that decides; may be empty
     * @param stops whether a run could not get past it as things are
     */
    public record StepStanding(String step, String title, String standing, String why, boolean stops) {}

    /**
     * The lines.
     *
     * @param clear whether a run could begin
     */
    public static List<String> of(List<AskedFact> facts, List<StepStanding> steps, boolean clear, Paint paint) {
        List<String> lines = new ArrayList<>();
        lines.add(paint.strong("Facts"));
        facts.forEach(fact -> fact(fact, paint, lines));
        lines.add("");
        lines.add(paint.strong("Steps, as things stand now"));
        int width = steps.stream().mapToInt(step -> step.step().length()).max().orElse(1);
        for (StepStanding step : steps) {
            String line = String.format(
                    Locale.ROOT, "  %-" + width + "s  %-14s  %s", step.step(), step.standing(), step.title());
            lines.add(step.stops() ? paint.bad(line) : line);
            if (!step.why().isEmpty()) {
                lines.add(" ".repeat(width + 20) + paint.faint(step.why()));
            }
        }
        lines.add("");
        lines.add(counts(facts));
        lines.add(clear ? paint.good(clear(facts)) : paint.bad("A run could not get through as things stand now."));
        return lines;
    }

    private static void fact(AskedFact asked, Paint paint, List<String> lines) {
        Finding finding = asked.finding();
        boolean unknown = finding.truth() == Truth.CANNOT_BE_ASKED;
        String word = String.format(Locale.ROOT, "  %-15s", word(finding.truth()));
        String painted =
                unknown ? paint.bad(word) : finding.truth() == Truth.TRUE ? paint.good(word) : paint.faint(word);
        lines.add(painted + "  " + asked.fact());
        lines.add(" ".repeat(19) + (unknown ? FindingText.whyNot(finding) : FindingText.found(finding, true)));
        asked.advice()
                .ifPresent(advice ->
                        advice.strip().lines().forEach(line -> lines.add(" ".repeat(19) + paint.notable(line))));
    }

    private static String word(Truth truth) {
        return switch (truth) {
            case TRUE -> "true";
            case NOT_TRUE -> "not true";
            case CANNOT_BE_ASKED -> "cannot be asked";
        };
    }

    private static String clear(List<AskedFact> facts) {
        return "A run could begin"
                + (count(facts, Truth.CANNOT_BE_ASKED) > 0
                        ? ": as things stand now, it asks nothing that cannot be asked."
                        : ".");
    }

    private static String counts(List<AskedFact> facts) {
        return String.format(
                Locale.ROOT,
                "%d facts: %d true, %d not true, %d cannot be asked.",
                facts.size(),
                count(facts, Truth.TRUE),
                count(facts, Truth.NOT_TRUE),
                count(facts, Truth.CANNOT_BE_ASKED));
    }

    private static long count(List<AskedFact> facts, Truth truth) {
        return facts.stream().filter(fact -> fact.finding().truth() == truth).count();
    }

    /** A check as JSON. */
    public static final class Json {
        private Json() {}

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
}
