package dev.runbook.report;

import dev.runbook.language.Condition;
import dev.runbook.language.Name;
import dev.runbook.language.Step;
import dev.runbook.plan.Plan;
import dev.runbook.plan.PlannedAction;
import dev.runbook.plan.PlannedStep;
import dev.runbook.plan.Planner;
import dev.runbook.site.SiteScope;
import dev.runbook.template.Fill;
import dev.runbook.template.Scope;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A plan as JSON. */
public final class PlanJson {
    private final Scope scope;

    private PlanJson(Scope scope) {
        this.scope = scope;
    }

    /** The document, with a line end. */
    public static String of(Plan plan) {
        PlanJson json = new PlanJson(SiteScope.of(plan.site()));
        ObjectNode document = JsonText.object();
        document.put("runbook", plan.runbook().id().text());
        document.put("digest", plan.digest());
        ArrayNode steps = document.putArray("steps");
        Planner.steps(plan).forEach(step -> steps.add(json.step(step)));
        return JsonText.pretty(document);
    }

    private ObjectNode step(PlannedStep planned) {
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

    private static ObjectNode action(PlannedAction action) {
        ObjectNode node = JsonText.object();
        action.title().ifPresent(title -> node.put("title", title));
        action.forEach().ifPresent(name -> node.put("forEach", name));
        node.put("target", action.target());
        node.put("text", action.text());
        action.refused().ifPresent(why -> node.put("refused", why));
        return node;
    }
}
