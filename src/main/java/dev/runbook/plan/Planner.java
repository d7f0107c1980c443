package dev.runbook.plan;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.language.Name;
import dev.runbook.language.Step;
import dev.runbook.language.Task;
import dev.runbook.language.Text;
import dev.runbook.site.ResolvedValue;
import dev.runbook.template.Fill;
import dev.runbook.template.Filled;
import dev.runbook.template.Scope;
import dev.runbook.template.Tag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Fills in what is known so far. Pure: the same plan gives the same steps, and nothing is touched. */
public final class Planner {
    private final Plan plan;
    private final Binder binder;
    private final Absences absences;
    private final Set<String> columns;
    private final Scope scope;
    /** What is known now; what is known later is said to be so. */
    private final Scope known;

    private final LaterRows later;

    private Planner(Plan plan, Map<String, List<Row>> remembered) {
        this.plan = plan;
        this.binder = new Binder(plan.site());
        this.absences = new Absences(plan.runbook(), plan.site());
        this.columns = Binder.TagColumns.of(plan.runbook());
        this.later = new LaterRows(plan.runbook().steps().stream()
                .flatMap(step -> step.remember().keySet().stream())
                .filter(name -> !remembered.containsKey(name))
                .collect(Collectors.toSet()));
        this.scope = later(plan.site().scope()).withRows(remembered);
        Scope site = plan.site().scope();
        for (String name : later.names()) {
            site = site.with(name, new Scope.Binding.Later());
        }
        this.known = site.withRows(remembered);
    }

    /** The steps in order, as they are known before the run. */
    public static List<PlannedStep> steps(Plan plan) {
        return steps(plan, Map.of());
    }

    /** The steps in order, with what the run has remembered so far. */
    public static List<PlannedStep> steps(Plan plan, Map<String, List<Row>> remembered) {
        Planner planner = new Planner(plan, remembered);
        List<PlannedStep> steps = new ArrayList<>();
        for (Step step : plan.runbook().steps()) {
            steps.add(planner.step(step, steps.size() + 1));
        }
        return List.copyOf(steps);
    }

    private PlannedStep step(Step step, int number) {
        return new PlannedStep(
                step,
                number,
                absences.leftOut(step),
                step.confirm().map(confirm -> later.fill(confirm.message(), scope)),
                action(step.task(), Optional.empty()),
                absences.leftOut(step).isPresent()
                        ? List.of()
                        : step.rollback().map(this::actions).orElse(List.of()),
                step.rollback().flatMap(this::words));
    }

    private List<PlannedAction> actions(Step.Rollback rollback) {
        return rollback instanceof Step.Rollback.Actions actions
                ? actions.entries().stream()
                        .map(entry -> action(entry.task(), entry.title().map(title -> later.fill(title, scope))))
                        .flatMap(Optional::stream)
                        .toList()
                : List.of();
    }

    private Optional<String> words(Step.Rollback rollback) {
        if (rollback instanceof Step.Rollback.NotNeeded notNeeded) {
            return Optional.of("not needed: " + later.fill(notNeeded.why(), scope));
        }
        if (rollback instanceof Step.Rollback.ByHand byHand) {
            return Optional.of("by hand: " + later.fill(byHand.what(), scope));
        }
        if (rollback instanceof Step.Rollback.Impossible impossible) {
            return Optional.of("impossible: " + later.fill(impossible.why(), scope));
        }
        return rollback instanceof Step.Rollback.BuiltIn
                ? Optional.of("deletes the files that it copied, as far as nobody changed them since")
                : Optional.empty();
    }

    /** What is sent; empty where there is no action, or it does not apply at this site. */
    private Optional<PlannedAction> action(Task task, Optional<String> title) {
        return task.action().filter(spec -> binder.missing(spec).isEmpty()).map(spec -> planned(spec, task, title));
    }

    private PlannedAction planned(Task.Action spec, Task task, Optional<String> title) {
        Scope each = task.forEach().map(this::each).orElse(scope);
        Filled<Operation> bound = binder.bind(spec, each);
        Optional<String> forEach = task.forEach().map(Name::text);
        boolean repeats = spec instanceof Task.Action.Sql sql && later.repeats(sql.sql());
        String target = binder.sqlServer(spec).map(server -> server.name()).orElse("");
        Optional<String> refused = refusal(spec, task);
        if (refused.isPresent()) {
            return new PlannedAction(target, "refused: " + refused.get(), forEach, title, refused);
        }
        if (bound instanceof Filled.Complete<Operation> complete && !repeats) {
            return new PlannedAction(
                    complete.value().target(), complete.value().text(), forEach, title, Optional.empty());
        }
        // a number that is known only later cannot be put into T-SQL: its tag is shown in its place
        String text = spec instanceof Task.Action.Sql sql
                ? later.fill(sql.sql(), each)
                : bound.problems().get(0).message();
        return new PlannedAction(target, text, forEach, title, Optional.empty());
    }

    /** What is wrong with a value that is known now, wherever those that are known later leave a gap. */
    private Optional<String> refusal(Task.Action spec, Task task) {
        List<Value> items = task.forEach()
                .flatMap(name -> plan.site().find(name.text()))
                .filter(ResolvedValue.Plain.class::isInstance)
                .map(bound -> ((ResolvedValue.Plain) bound).value())
                .filter(Value.Items.class::isInstance)
                .map(list -> ((Value.Items) list).values())
                .orElse(List.of());
        boolean path = task.forEach()
                .flatMap(name -> plan.site().find(name.text()))
                .filter(bound -> bound instanceof ResolvedValue.Plain plain && plain.path())
                .isPresent();
        Stream<Scope> each = items.isEmpty()
                ? Stream.of(task.forEach().isEmpty() ? known : known.with(Scope.EACH, new Scope.Binding.Later()))
                : items.stream().map(item -> known.withEach(item, path));
        return each.flatMap(scope -> binder.bind(spec, scope).problems().stream())
                .filter(problem -> problem.kind() != Filled.Problem.Kind.NO_VALUE)
                .map(Filled.Problem::message)
                .findFirst();
    }

    private Scope each(Name name) {
        return plan.site().find(name.text()).isPresent()
                ? scope.withEach(Value.of("{{each}}"), true)
                : scope.withEach(tags(Scope.EACH));
    }

    /** Rows that are remembered on the way: of each column its tag. */
    private Scope later(Scope site) {
        Scope all = site;
        for (Step step : plan.runbook().steps()) {
            for (String name : step.remember().keySet()) {
                all = all.with(name, new Scope.Binding.Rows(List.of(tags(name))));
            }
        }
        return all;
    }

    private Row tags(String name) {
        Map<String, Value> tags = new LinkedHashMap<>();
        columns.forEach(column -> tags.put(column, Value.of("{{" + name + "." + column + "}}")));
        return new Row(tags);
    }

    /**
     * Fills texts for people before the run. How often a section over remembered rows repeats is not known then: it stays as
     * written.
     *
     * @param names the remembered names
     */
    private record LaterRows(Set<String> names) {
        /** Copies the names. */
        LaterRows {
            names = Set.copyOf(names);
        }

        /** Whether a text has a section over rows that are known only later. */
        boolean repeats(Text text) {
            return Tag.in(text).stream().anyMatch(this::opens);
        }

        /** The text with what is known. */
        String fill(Text text, Scope scope) {
            StringBuilder filled = new StringBuilder();
            int from = 0;
            int kept = -1;
            for (Tag tag : Tag.in(text)) {
                if (kept < 0 && opens(tag)) {
                    filled.append(part(text, from, tag.start(), scope));
                    kept = tag.start();
                } else if (kept >= 0
                        && tag.kind() == Tag.Kind.SECTION_END
                        && text.raw().startsWith("{{#" + tag.path() + "}}", kept)) {
                    filled.append(text.raw(), kept, tag.end());
                    from = tag.end();
                    kept = -1;
                }
            }
            return filled.append(part(text, from, text.raw().length(), scope)).toString();
        }

        private static String part(Text text, int from, int to, Scope scope) {
            return Fill.forPeople(new Text(text.raw().substring(from, to), text.origin()), scope);
        }

        private boolean opens(Tag tag) {
            return tag.kind() == Tag.Kind.SECTION_START && names.contains(tag.path());
        }
    }

    /**
     * What is going to be sent.
     *
     * @param target the server, shell or folder, as people name it
     * @param text ready for reading; a tag stands where a value is known only later
     * @param forEach the fact or list for whose rows it is repeated
     * @param title of an action of a rollback
     * @param refused why a run would not send it, whatever it finds: a value of the site cannot stand where its tag does. Then the text says
     *     that and no more, so that nobody sends what the run refuses
     */
    public record PlannedAction(
            String target, String text, Optional<String> forEach, Optional<String> title, Optional<String> refused) {}

    /**
     * A step with the values that are known before the run.
     *
     * @param step as written
     * @param number counted from 1
     * @param left why it does not apply at this site; empty when it does
     * @param confirm what a person is asked
     * @param action what is sent
     * @param rollback what is sent on the way back
     * @param wayBack the way back in words, where it is no action: not needed, by hand, impossible
     */
    public record PlannedStep(
            Step step,
            int number,
            Optional<String> left,
            Optional<String> confirm,
            Optional<Planner.PlannedAction> action,
            List<Planner.PlannedAction> rollback,
            Optional<String> wayBack) {
        /** Copies the list. */
        public PlannedStep {
            rollback = List.copyOf(rollback);
        }
    }
}
