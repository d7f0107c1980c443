package dev.runbook.engine;

import dev.runbook.base.Value;
import dev.runbook.language.Runbook;
import dev.runbook.language.Step;
import dev.runbook.plan.Plan;
import dev.runbook.plan.Planner;
import dev.runbook.state.RunState;
import dev.runbook.state.StepState;
import dev.runbook.state.StepStatus;
import dev.runbook.template.Fill;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The steps that a rollback takes back, and where it has to stop.
 *
 * @param steps those that this run started, last first
 * @param barrier the newest point of no return that may have happened, whoever did it; nothing before it can be taken back
 */
public record RollbackPlan(List<Step> steps, Optional<Step> barrier) {
    /** Copies the list. */
    public RollbackPlan {
        steps = List.copyOf(steps);
    }

    /** The list for a run as it stands: the steps go back in the order in which the journal has them, the last first. */
    public static RollbackPlan of(Runbook runbook, RunState run) {
        List<Step> back = new ArrayList<>();
        List<String> begun = new ArrayList<>(run.steps().keySet());
        Collections.reverse(begun);
        for (String id : begun) {
            Optional<Step> found = runbook.step(id);
            if (found.isEmpty()) {
                continue;
            }
            Step step = found.get();
            StepState state = run.step(id);
            if (step.isPointOfNoReturn() && isPassed(state)) {
                return new RollbackPlan(back, Optional.of(step));
            }
            if (state.started() && !step.isPointOfNoReturn()) {
                back.add(step);
            }
        }
        return new RollbackPlan(back, Optional.empty());
    }

    /** The point of no return that was passed and stands at one of these steps or behind it; empty where there is none. */
    public static Optional<Step> barrierTo(Runbook runbook, RunState run, List<String> ids) {
        List<String> all =
                runbook.steps().stream().map(step -> step.id().text()).toList();
        return of(runbook, run)
                .barrier()
                .filter(passed -> ids.stream()
                        .anyMatch(
                                id -> all.indexOf(id) <= all.indexOf(passed.id().text())));
    }

    /**
     * What may have happened decides, whoever did it: this run, a person, or somebody before the run came to it. One of which
     * every attempt was refused as a whole changed nothing, and is no barrier.
     */
    private static boolean isPassed(StepState state) {
        return state.mayHaveHappened()
                || state.status() == StepStatus.DONE
                || state.status() == StepStatus.ALREADY_DONE;
    }

    /** What a rollback would do, for people: what each step's way back sends, with the values as they are now. */
    public static final class Outline {
        private static final String INDENT = "       ";

        private final Plan plan;
        private final RollbackPlan list;
        private final RunState run;
        private final List<Planner.PlannedStep> planned;

        private Outline(Plan plan, RunState run) {
            this.plan = plan;
            this.run = run;
            this.list = RollbackPlan.of(plan.runbook(), run);
            this.planned = Planner.steps(plan, run.remembered());
        }

        /** Of a run as it stands. */
        public static Outline of(Plan plan, RunState run) {
            return new Outline(plan, run);
        }

        /** What it is about. */
        public RollbackPlan list() {
            return list;
        }

        /** Each step with how it is taken back, last first, then where it stops. */
        public List<String> lines() {
            if (list.steps().isEmpty()) {
                String why = list.barrier()
                        .map(step ->
                                " since step " + step.id() + ", " + title(step) + ". That step cannot be taken back")
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
            Planner.PlannedStep back = planned.get(plan.runbook().steps().indexOf(step));
            List<String> lines = new ArrayList<>();
            lines.add("  " + name(step));
            back.wayBack().ifPresent(words -> words.strip().lines().forEach(line -> lines.add(INDENT + line)));
            back.rollback().forEach(action -> lines.addAll(action(action)));
            if (step.rollback().filter(Step.Rollback.BuiltIn.class::isInstance).isPresent()) {
                run.step(step.id().text()).files().stream()
                        .filter(file -> file.get("sha256").isPresent())
                        .map(file -> file.get("target").map(Value::text).orElse(""))
                        .distinct()
                        .forEach(path -> lines.add(INDENT + "  " + path));
            }
            return lines;
        }

        private static List<String> action(Planner.PlannedAction action) {
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
            return Fill.forPeople(step.title(), plan.site().scope());
        }
    }
}
