package dev.runbook.session;

import dev.runbook.endpoint.Cancellation;
import dev.runbook.endpoint.Endpoints;
import dev.runbook.event.Finding;
import dev.runbook.event.Finding.Truth;
import dev.runbook.event.Trouble;
import dev.runbook.fact.FactAsker;
import dev.runbook.model.Condition;
import dev.runbook.model.Condition.Clause;
import dev.runbook.model.Fact;
import dev.runbook.model.Name;
import dev.runbook.model.Step;
import dev.runbook.plan.Absences;
import dev.runbook.plan.Plan;
import dev.runbook.report.CheckText.AskedFact;
import dev.runbook.report.CheckText.StepStanding;
import dev.runbook.site.Bound;
import dev.runbook.site.SiteScope;
import dev.runbook.template.Fill;
import dev.runbook.template.Scope;
import dev.runbook.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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

    /**
     * How each step stands when every fact is as it was found. Later steps change as earlier ones are carried out, so a requirement
     * that does not hold counts against the first step to be done alone.
     */
    private static final class StepStandings {
        private final Plan plan;
        private final Map<String, Finding> findings;
        private final Absences absences;
        private final List<StepStanding> standings = new ArrayList<>();
        private final Set<String> needed = new LinkedHashSet<>();
        private final Set<String> missed = new LinkedHashSet<>();
        private boolean pending;

        /** The steps of a plan, with these findings by fact. */
        StepStandings(Plan plan, Map<String, Finding> findings) {
            this.plan = plan;
            this.findings = findings;
            this.absences = new Absences(plan.runbook(), plan.site());
            plan.runbook().steps().forEach(step -> standings.add(of(step)));
        }

        /** The steps in order. */
        List<StepStanding> all() {
            return List.copyOf(standings);
        }

        /** The facts that a run would ask, as things are: those of the steps that are to be done. */
        Set<String> needed() {
            return Set.copyOf(needed);
        }

        /** The facts that are not as the first step to be done requires them. */
        Set<String> missed() {
            return Set.copyOf(missed);
        }

        private StepStanding of(Step step) {
            Optional<String> left = absences.leftOut(step);
            if (left.isPresent()) {
                return standing(step, "left out", left.get(), false);
            }
            Optional<Clause> when = firstNot(step.when());
            if (when.isPresent()) {
                boolean unknown = truth(when.get()).isEmpty();
                return standing(step, unknown ? "cannot tell" : "not needed", why(when.get()), unknown && !pending);
            }
            if (step.hasAction()
                    && !step.task().doneWhen().isEmpty()
                    && firstNot(step.task().doneWhen()).isEmpty()) {
                return standing(step, "already done", "", false);
            }
            Optional<String> unfilled = absences.unfilled(step);
            return unfilled.isPresent()
                    ? standing(step, "cannot be done", unfilled.get() + " was given no value", true)
                    : toDo(step);
        }

        private StepStanding toDo(Step step) {
            boolean first = !pending;
            pending = true;
            Stream.of(step.when(), step.require(), step.task().doneWhen())
                    .flatMap(condition -> condition.clauses().stream())
                    .map(Clause::name)
                    .forEach(this::need);
            step.remember().values().forEach(this::need);
            step.task().forEach().ifPresent(this::need);
            Optional<Clause> require = firstNot(step.require());
            if (require.isEmpty()) {
                return standing(step, "to do", "", false);
            }
            if (first) {
                step.require().clauses().stream()
                        .filter(clause -> !truth(clause).orElse(true))
                        .forEach(clause -> missed.add(clause.name().text()));
            }
            return first
                    ? standing(step, "cannot begin", why(require.get()), true)
                    : standing(step, "to do", "not yet: " + require.get(), false);
        }

        private void need(Name name) {
            Fact fact = plan.runbook().facts().get(name.text());
            if (fact != null && needed.add(name.text())) {
                fact.forEach().ifPresent(this::need);
            }
        }

        private StepStanding standing(Step step, String word, String why, boolean stops) {
            String title = Fill.forPeople(step.title(), SiteScope.of(plan.site()));
            return new StepStanding(step.id().text(), title, word, why, stops);
        }

        private Optional<Clause> firstNot(Condition condition) {
            return condition.clauses().stream()
                    .filter(clause -> !truth(clause).orElse(false))
                    .findFirst();
        }

        /** Whether the clause holds; empty when its fact cannot be asked. */
        private Optional<Boolean> truth(Clause clause) {
            Finding finding = findings.get(clause.name().text());
            if (finding == null) {
                return Optional.of(variable(clause.name().text()) != clause.negated());
            }
            return finding.truth() == Truth.CANNOT_BE_ASKED
                    ? Optional.empty()
                    : Optional.of((finding.truth() == Truth.TRUE) != clause.negated());
        }

        private boolean variable(String name) {
            Bound bound = plan.site().find(name).orElseGet(Bound.Absent::new);
            return bound instanceof Bound.Plain plain && plain.value() instanceof Value.Truth truth
                    ? truth.value()
                    : plan.site().has(name);
        }

        private String why(Clause clause) {
            return truth(clause).isEmpty() ? "cannot be asked: " + clause : "not so: " + clause;
        }
    }
}
