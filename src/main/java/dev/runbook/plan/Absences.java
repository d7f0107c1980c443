package dev.runbook.plan;

import dev.runbook.language.Condition;
import dev.runbook.language.Fact;
import dev.runbook.language.Name;
import dev.runbook.language.Runbook;
import dev.runbook.language.Step;
import dev.runbook.language.Task;
import dev.runbook.language.Text;
import dev.runbook.language.Texts;
import dev.runbook.site.ResolvedValue;
import dev.runbook.site.Site;
import dev.runbook.template.Tag;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What does not apply at a site because something that it depends on was left out: facts of an absent server or shell, and
 * those that are asked for their rows, are never true; steps that act there or wait for such a fact are skipped. Pure.
 */
public final class Absences {
    private final Runbook runbook;
    private final Site site;
    private final Binder binder;

    /** What is absent at a site. */
    public Absences(Runbook runbook, Site site) {
        this.runbook = runbook;
        this.site = site;
        this.binder = new Binder(site);
    }

    /** Why the step is skipped at this site, whatever is found there; empty where it applies. */
    public Optional<String> leftOut(Step step) {
        Optional<String> left = leftOut(step.task()).or(() -> notWanted(step));
        boolean gate = step.confirm().isPresent()
                || !step.require().isEmpty()
                || !step.remember().isEmpty();
        return left.isPresent() || gate ? left : waitsInVain(step);
    }

    /** Why a step that only waits does not wait at this site; its question, its requirements and what it keeps stay. */
    public Optional<String> waitsInVain(Step step) {
        if (step.hasAction()) {
            return Optional.empty();
        }
        return step.task().doneWhen().clauses().stream()
                .filter(clause -> !clause.negated())
                .flatMap(clause ->
                        because(clause).stream().map(name -> "it waits for " + clause + ", and " + absent(name)))
                .findFirst();
    }

    /** Its {@code when} can never be true. */
    private Optional<String> notWanted(Step step) {
        return step.when().clauses().stream()
                .filter(clause -> !clause.negated())
                .flatMap(clause -> Stream.concat(
                        Stream.of(clause.name().text()).filter(this::isAbsent).map(Absences::absent),
                        because(clause).stream().map(name -> clause + " is not true: " + absent(name))))
                .findFirst();
    }

    /** Why what a task does does not apply at this site. */
    public Optional<String> leftOut(Task task) {
        return task.action().flatMap(binder::missing).map(Absences::absent);
    }

    /** The variable that was left out, and because of which a fact has no rows here; empty where it can have some. */
    public Optional<String> because(Condition.Clause clause) {
        return fact(clause.name(), new HashSet<>());
    }

    /** The variable without a value that the step's action names: the step would stop before anything is sent. */
    public Optional<String> unfilled(Step step) {
        return step.task().action().stream()
                .flatMap(Texts::of)
                .map(Text::raw)
                .flatMap(raw -> Tag.in(raw).stream())
                .map(Tag::head)
                .filter(this::isAbsent)
                .findFirst();
    }

    private Optional<String> fact(Name name, Set<String> seen) {
        Fact fact = runbook.facts().get(name.text());
        if (fact == null || !seen.add(name.text())) {
            return Optional.empty();
        }
        return source(fact.source())
                .filter(this::isAbsent)
                .or(() -> fact.forEach()
                        .flatMap(rows -> isAbsent(rows.text()) ? Optional.of(rows.text()) : fact(rows, seen)));
    }

    private Optional<String> source(Fact.Source source) {
        if (source instanceof Fact.Source.Query query) {
            return Optional.of(query.server().text());
        }
        if (source instanceof Fact.Source.Cmdlet cmdlet) {
            return site.shell(cmdlet.shell().map(Name::text));
        }
        return source instanceof Fact.Source.Reachable reachable
                ? Optional.of(reachable.target().text())
                : Optional.empty();
    }

    private boolean isAbsent(String name) {
        return site.find(name).filter(ResolvedValue.Absent.class::isInstance).isPresent();
    }

    private static String absent(String name) {
        return name + " is not part of this site";
    }
}
