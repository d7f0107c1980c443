package dev.runbook.session;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Cancellation;
import dev.runbook.endpoint.Endpoints;
import dev.runbook.endpoint.Limits;
import dev.runbook.event.Finding;
import dev.runbook.event.Finding.Truth;
import dev.runbook.event.Trouble;
import dev.runbook.fact.FactAsker;
import dev.runbook.language.Condition;
import dev.runbook.language.Condition.Clause;
import dev.runbook.language.Fact;
import dev.runbook.language.Name;
import dev.runbook.language.Step;
import dev.runbook.language.Task;
import dev.runbook.plan.Absences;
import dev.runbook.plan.Binder;
import dev.runbook.plan.Operation;
import dev.runbook.plan.Plan;
import dev.runbook.report.CheckText.AskedFact;
import dev.runbook.report.CheckText.StepStanding;
import dev.runbook.site.ResolvedValue;
import dev.runbook.template.Fill;
import dev.runbook.template.Filled;
import dev.runbook.template.Scope;
import java.time.Duration;
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
    /** How long two folders are compared. */
    private static final Duration COMPARING = Duration.ofMinutes(1);

    /** Copies the collections. */
    public Check {
        facts = List.copyOf(facts);
        steps = List.copyOf(steps);
        needed = Set.copyOf(needed);
    }

    /** Asks. */
    public static Check of(Plan plan, Endpoints endpoints) {
        Scope scope = plan.site().scope();
        FactAsker asker = new FactAsker(plan.runbook(), plan.site(), scope, endpoints, new Cancellation());
        Map<String, Finding> findings = new LinkedHashMap<>();
        plan.runbook().facts().keySet().forEach(name -> findings.put(name, asker.worthReading(asker.ask(name))));
        Map<String, Answer> copies = new LinkedHashMap<>();
        for (Step step : plan.runbook().steps()) {
            copies(step, plan, asker, endpoints)
                    .ifPresent(answer -> copies.put(step.id().text(), answer));
        }
        StepStandings standings = new StepStandings(plan, findings, copies);
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

    /** What a step has still to copy, of all that it is done for; empty where it copies nothing, or from where only the run knows. */
    private static Optional<Answer> copies(Step step, Plan plan, FactAsker asker, Endpoints endpoints) {
        if (!(step.task().action().orElse(null) instanceof Task.Action.CopyFiles spec)) {
            return Optional.empty();
        }
        FactAsker.Items items = step.task()
                .forEach()
                .map(asker::items)
                .orElseGet(() -> new FactAsker.Items.These(List.of(new FactAsker.Each.Once())));
        if (!(items instanceof FactAsker.Items.These these)) {
            return Optional.empty();
        }
        List<Row> missing = new ArrayList<>();
        for (FactAsker.Each each : these.all()) {
            Filled<Operation> bound =
                    new Binder(plan.site()).bind(spec, each.in(plan.site().scope()));
            if (!(bound instanceof Filled.Complete<Operation> complete)) {
                return Optional.empty();
            }
            Answer answer = endpoints
                    .files()
                    .missing(((Operation.CopyFiles) complete.value()).copy(), Limits.within(COMPARING));
            if (!(answer instanceof Answer.Rows rows)) {
                return Optional.of(answer);
            }
            rows.rows().stream().filter(row -> row.get("left-out").isEmpty()).forEach(missing::add);
        }
        return Optional.of(Answer.of(missing));
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
        private final Map<String, Answer> copies;
        private final Absences absences;
        private final List<StepStanding> standings = new ArrayList<>();
        private final Set<String> needed = new LinkedHashSet<>();
        private final Set<String> missed = new LinkedHashSet<>();
        private boolean pending;

        /** The steps of a plan, with these findings by fact, and by step what is still to be copied. */
        StepStandings(Plan plan, Map<String, Finding> findings, Map<String, Answer> copies) {
            this.plan = plan;
            this.findings = findings;
            this.copies = copies;
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
            Optional<Answer> toCopy = Optional.ofNullable(copies.get(step.id().text()));
            boolean seen = !step.task().doneWhen().isEmpty() || toCopy.isPresent();
            boolean copied =
                    toCopy.filter(answer -> !answer.equals(Answer.nothing())).isEmpty();
            if (step.hasAction()
                    && seen
                    && copied
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
            if (copies.get(step.id().text()) instanceof Answer.Failed failed) {
                return standing(
                        step, first ? "cannot begin" : "to do", failed.failure().message(), first);
            }
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
            String title = Fill.forPeople(step.title(), plan.site().scope());
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
            ResolvedValue bound = plan.site().find(name).orElseGet(ResolvedValue.Absent::new);
            return bound instanceof ResolvedValue.Plain plain && plain.value() instanceof Value.Truth truth
                    ? truth.value()
                    : plan.site().has(name);
        }

        private String why(Clause clause) {
            return truth(clause).isEmpty() ? "cannot be asked: " + clause : "not so: " + clause;
        }
    }
}
