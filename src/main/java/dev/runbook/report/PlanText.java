package dev.runbook.report;

import dev.runbook.base.DurationText;
import dev.runbook.language.Condition;
import dev.runbook.language.Name;
import dev.runbook.language.Step;
import dev.runbook.language.Task;
import dev.runbook.language.Text;
import dev.runbook.plan.Absences;
import dev.runbook.plan.Plan;
import dev.runbook.plan.Planner;
import dev.runbook.template.Fill;
import dev.runbook.template.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A plan as text: every step with its values, conditions, way back and points of no return. What only the run can know, such as
 * the rows that something is done for, stands as its tag.
 */
public final class PlanText {
    private final Scope scope;
    private final Absences absences;
    private final Paint paint;
    private final boolean followsAPage;
    private final List<String> lines = new ArrayList<>();

    private PlanText(Plan plan, Paint paint) {
        this.scope = plan.site().scope();
        this.absences = new Absences(plan.runbook(), plan.site());
        this.paint = paint;
        this.followsAPage = plan.runbook().steps().stream()
                .anyMatch(step -> !step.documents().isEmpty());
    }

    /** The lines of a plan. */
    public static List<String> of(Plan plan, Paint paint) {
        PlanText text = new PlanText(plan, paint);
        text.lines.add(paint.strong(text.fill(plan.runbook().title())));
        Planner.steps(plan).forEach(text::step);
        text.end(plan.runbook().steps());
        return text.lines;
    }

    private void end(List<Step> steps) {
        List<String> barriers = steps.stream()
                .filter(Step::isPointOfNoReturn)
                .map(step -> step.id().text())
                .toList();
        String barrier = barriers.isEmpty()
                ? "Every step can be taken back."
                : "Points of no return: " + String.join(", ", barriers) + ".";
        lines.add("");
        lines.add(steps.size() + (steps.size() == 1 ? " step. " : " steps. ") + barrier);
    }

    private void step(Planner.PlannedStep planned) {
        Step step = planned.step();
        lines.add("");
        lines.add(paint.strong(step.id() + "  " + fill(step.title())) + documents(step));
        planned.left().ifPresent(why -> row("left out", why));
        row("when", step.when().toString());
        absent(step.when());
        row("require", step.require().toString());
        absent(step.require());
        step.remember().forEach((name, fact) -> row("remember", name + " = " + fact));
        planned.confirm().ifPresent(message -> confirm(step, message));
        doing(planned);
        task(step.task());
        back(planned);
        planned.wayBack().ifPresent(words -> row("way back", step.isPointOfNoReturn() ? paint.bad(words) : words));
    }

    /** A runbook that follows no page says nothing of one. */
    private String documents(Step step) {
        if (!followsAPage) {
            return "";
        }
        return step.documents().isEmpty()
                ? "  (not on the page)"
                : step.documents().stream().map(Name::text).collect(Collectors.joining(", ", "  (documented: ", ")"));
    }

    private void confirm(Step step, String message) {
        row("asks", message);
        row("", paint.notable("the answer that means yes: " + fill(step.answer())));
        step.confirm().orElseThrow().terms().forEach(term -> row("", term));
    }

    private void doing(Planner.PlannedStep planned) {
        if (planned.left().isPresent()) {
            return;
        }
        absences.unfilled(planned.step())
                .ifPresentOrElse(
                        name -> row(
                                "does",
                                paint.bad(
                                        "nothing here: " + name + " was given no value, and a run stops at this step")),
                        () -> planned.action().ifPresent(this::action));
    }

    private void action(Planner.PlannedAction action) {
        action.forEach().ifPresent(name -> row("for each", name));
        row("on", action.target());
        row("does", action.refused().isPresent() ? paint.bad(action.text()) : action.text());
    }

    private void back(Planner.PlannedStep planned) {
        List<Step.Rollback.Entry> entries = planned.step()
                .rollback()
                .filter(Step.Rollback.Actions.class::isInstance)
                .map(rollback -> ((Step.Rollback.Actions) rollback).entries())
                .orElse(List.of());
        for (int i = 0; i < planned.rollback().size(); i++) {
            Step.Rollback.Entry entry = entries.get(i);
            row("way back", entry.when().isEmpty() ? "" : "when " + entry.when());
            row("way back", entry.require().isEmpty() ? "" : "require " + entry.require());
            entry.confirm().ifPresent(confirm -> {
                row("way back", "asks " + fill(confirm.message()));
                String yes = confirm.type().map(this::fill).orElse("yes");
                row("", paint.notable("the answer that means yes: " + yes));
                confirm.terms().forEach(term -> row("", term));
            });
            back(planned.rollback().get(i));
        }
    }

    private void back(Planner.PlannedAction action) {
        action.title().ifPresent(title -> row("way back", title));
        action.forEach().ifPresent(name -> row("way back", "for each " + name));
        String text = action.refused().isPresent() ? paint.bad(action.text()) : action.text();
        row("way back", action.target().isEmpty() ? text : action.target() + ": " + text);
    }

    private void task(Task task) {
        row("done when", task.doneWhen().toString());
        absent(task.doneWhen());
        task.within().ifPresent(within -> row("within", DurationText.of(within.length())));
        task.timeout().ifPresent(timeout -> row("timeout", DurationText.of(timeout.length())));
        if (task.retry().repeatable()) {
            row("attempts", attempts(task.retry()));
        }
        task.harmlessErrors().forEach((error, why) -> row("harmless", error + ": " + fill(why)));
        task.unsafeToCutOff().ifPresent(why -> row("do not cut", fill(why)));
    }

    private static String attempts(Task.Retry retry) {
        String pause = retry.delay().isZero() ? "" : ", " + DurationText.of(retry.delay()) + " between them";
        boolean grows = !pause.isEmpty() && retry.backoff() > 1;
        String growth = grows ? ", growing to " + DurationText.of(retry.maxDelay()) : "";
        String also = retry.on().isEmpty() ? "" : ", also after " + String.join(", ", new TreeSet<>(retry.on()));
        return "up to " + retry.attempts() + pause + growth + also;
    }

    /** What can never be so here, since something that it depends on was left out. */
    private void absent(Condition condition) {
        for (Condition.Clause clause : condition.clauses()) {
            absences.because(clause)
                    .ifPresent(name -> row(
                            "",
                            paint.notable(clause.name() + " is not true here: " + name + " is not part of this site")));
        }
    }

    private String fill(Text text) {
        return Fill.forPeople(text, scope);
    }

    private void row(String label, String text) {
        String name = label;
        for (String line : text.strip().lines().toList()) {
            lines.add(String.format(Locale.ROOT, "     %-10s %s", name, line));
            name = "";
        }
    }

    /** A plan as JSON. */
    public static final class Json {
        private final Scope scope;

        private Json(Scope scope) {
            this.scope = scope;
        }

        /** The document, with a line end. */
        public static String of(Plan plan) {
            Json json = new Json(plan.site().scope());
            ObjectNode document = JsonText.object();
            document.put("runbook", plan.runbook().id().text());
            document.put("digest", plan.digest());
            ArrayNode steps = document.putArray("steps");
            Planner.steps(plan).forEach(step -> steps.add(json.step(step)));
            return JsonText.pretty(document);
        }

        private ObjectNode step(Planner.PlannedStep planned) {
            Step step = planned.step();
            ObjectNode node = JsonText.object();
            node.put("step", step.id().text());
            node.put("title", Fill.forPeople(step.title(), scope));
            node.set("documents", array(step.documents().stream().map(Name::text)));
            node.put("pointOfNoReturn", step.isPointOfNoReturn());
            planned.left().ifPresent(why -> node.put("leftOut", why));
            node.set("when", clauses(step.when()));
            node.set("require", clauses(step.require()));
            planned.confirm().ifPresent(message -> node.put("confirm", message));
            planned.action().ifPresent(action -> node.set("action", action(action)));
            node.set("doneWhen", clauses(step.task().doneWhen()));
            node.put("attempts", step.task().retry().attempts());
            ArrayNode rollback = node.putArray("rollback");
            planned.rollback().forEach(action -> rollback.add(action(action)));
            planned.wayBack().ifPresent(words -> node.put("wayBack", words));
            return node;
        }

        private static ArrayNode clauses(Condition condition) {
            return array(condition.clauses().stream().map(Condition.Clause::toString));
        }

        private static ArrayNode array(Stream<String> texts) {
            ArrayNode array = JsonText.array();
            texts.forEach(array::add);
            return array;
        }

        private static ObjectNode action(Planner.PlannedAction action) {
            ObjectNode node = JsonText.object();
            action.title().ifPresent(title -> node.put("title", title));
            action.forEach().ifPresent(name -> node.put("forEach", name));
            node.put("target", action.target());
            node.put("text", action.text());
            action.refused().ifPresent(why -> node.put("refused", why));
            return node;
        }
    }
}
