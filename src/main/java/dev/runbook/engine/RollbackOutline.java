package dev.runbook.engine;

import dev.runbook.model.Step;
import dev.runbook.plan.Plan;
import dev.runbook.plan.PlannedAction;
import dev.runbook.plan.PlannedStep;
import dev.runbook.plan.Planner;
import dev.runbook.site.SiteScope;
import dev.runbook.state.RunState;
import dev.runbook.template.Fill;
import java.util.ArrayList;
import java.util.List;

/** What a rollback would do, for people: what each step's way back sends, with the values as they are now. */
public final class RollbackOutline {
    private static final String INDENT = "       ";

    private final Plan plan;
    private final RollbackList list;
    private final List<PlannedStep> planned;

    private RollbackOutline(Plan plan, RunState run) {
        this.plan = plan;
        this.list = RollbackList.of(plan.runbook(), run);
        this.planned = Planner.steps(plan, run.remembered());
    }

    /** Of a run as it stands. */
    public static RollbackOutline of(Plan plan, RunState run) {
        return new RollbackOutline(plan, run);
    }

    /** What it is about. */
    public RollbackList list() {
        return list;
    }

    /** Each step with how it is taken back, last first, then where it stops. */
    public List<String> lines() {
        if (list.steps().isEmpty()) {
            String why = list.barrier()
                    .map(step -> " since step " + step.id() + ", " + title(step) + ". That step cannot be taken back")
                    .orElse("");
            return List.of("There is nothing to take back" + why + ".");
        }
        List<String> lines = new ArrayList<>();
        lines.add("To be taken back, last first:");
        list.steps().forEach(step -> lines.addAll(step(step)));
        list.barrier().ifPresent(step -> lines.add("  and no further: " + name(step) + " cannot be taken back."));
        return lines;
    }

    private List<String> step(Step step) {
        PlannedStep back = planned.get(plan.runbook().steps().indexOf(step));
        List<String> lines = new ArrayList<>();
        lines.add("  " + name(step));
        back.wayBack().ifPresent(words -> words.strip().lines().forEach(line -> lines.add(INDENT + line)));
        back.rollback().forEach(action -> lines.addAll(action(action)));
        return lines;
    }

    private static List<String> action(PlannedAction action) {
        List<String> lines = new ArrayList<>();
        action.title().ifPresent(title -> lines.add(INDENT + title));
        String each = action.forEach().map(rows -> ", for each of " + rows).orElse("");
        lines.add(INDENT + "on " + action.target() + each + ":");
        action.text().strip().lines().forEach(line -> lines.add(INDENT + "  " + line));
        return lines;
    }

    private String name(Step step) {
        return step.id() + "  " + title(step);
    }

    private String title(Step step) {
        return Fill.forPeople(step.title(), SiteScope.of(plan.site()));
    }
}
