package dev.runbook.session;

import dev.runbook.endpoint.Cancellation;
import dev.runbook.endpoint.Endpoints;
import dev.runbook.event.Finding;
import dev.runbook.event.Finding.Truth;
import dev.runbook.event.Trouble;
import dev.runbook.fact.FactAsker;
import dev.runbook.plan.Plan;
import dev.runbook.report.CheckText.AskedFact;
import dev.runbook.report.CheckText.StepStanding;
import dev.runbook.site.SiteScope;
import dev.runbook.template.Fill;
import dev.runbook.template.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Every fact of a plan, asked once, and what that means for its steps. Changes nothing.
 *
 * @param facts in the order of the runbook
 * @param steps in the order of the runbook
 * @param needed names of the facts that a run would ask, as things are
 */
public record Check(List<AskedFact> facts, List<StepStanding> steps, Set<String> needed) {
    /** Copies the collections. */
    public Check {
        facts = List.copyOf(facts);
        steps = List.copyOf(steps);
        needed = Set.copyOf(needed);
    }

    /** Asks. */
    public static Check of(Plan plan, Endpoints endpoints) {
        Scope scope = SiteScope.of(plan.site());
        FactAsker asker = new FactAsker(plan.runbook(), plan.site(), scope, endpoints, new Cancellation());
        Map<String, Finding> findings = new LinkedHashMap<>();
        plan.runbook().facts().keySet().forEach(name -> findings.put(name, asker.worthReading(asker.ask(name))));
        StepStandings standings = new StepStandings(plan, findings);
        List<AskedFact> facts = new ArrayList<>();
        findings.forEach((name, finding) -> {
            Optional<Trouble> unknown = finding.trouble();
            boolean wrong = unknown.isPresent() || standings.missed().contains(name);
            Optional<String> advice = plan.runbook()
                    .adviceOn(
                            name,
                            decidedBy(name, finding),
                            unknown.map(Trouble::code).orElse(""),
                            unknown.filter(Trouble::isNoAnswer).isEmpty())
                    .filter(unused -> wrong)
                    .map(text -> Fill.forPeople(text, scope));
            facts.add(new AskedFact(name, finding, advice));
        });
        return new Check(facts, standings.all(), standings.needed());
    }

    /** A fact that is true and must not be decides that itself. */
    private static Optional<String> decidedBy(String name, Finding finding) {
        return finding.truth() == Finding.Truth.TRUE ? Optional.of(name) : finding.decidedBy();
    }

    /**
     * Whether a run could begin as things are. A fact of a step that is not needed may well have no answer: a server that is
     * lost gives none.
     */
    public boolean isClear() {
        return facts.stream()
                        .filter(fact -> needed.contains(fact.fact()))
                        .noneMatch(fact -> fact.finding().truth() == Truth.CANNOT_BE_ASKED)
                && steps.stream().noneMatch(StepStanding::stops);
    }
}
