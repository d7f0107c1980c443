package dev.runbook.engine;

import dev.runbook.model.Runbook;
import dev.runbook.model.Step;
import dev.runbook.state.RunState;
import dev.runbook.state.StepState;
import dev.runbook.state.StepStatus;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The steps that a rollback takes back, and where it has to stop.
 *
 * @param steps those that this run started, last first
 * @param barrier the newest point of no return that is done or in doubt; nothing before it can be taken back
 */
public record RollbackList(List<Step> steps, Optional<Step> barrier) {
    private static final Set<StepStatus> REFUSED =
            EnumSet.of(StepStatus.FAILED, StepStatus.BETWEEN_ATTEMPTS, StepStatus.SKIPPED);

    /** Copies the list. */
    public RollbackList {
        steps = List.copyOf(steps);
    }

    /** The list for a run as it stands. */
    public static RollbackList of(Runbook runbook, RunState run) {
        List<Step> back = new ArrayList<>();
        List<Step> steps = runbook.steps();
        for (int i = steps.size() - 1; i >= 0; i--) {
            Step step = steps.get(i);
            StepState state = run.step(step.id().text());
            if (step.isPointOfNoReturn() && isPassed(state)) {
                return new RollbackList(back, Optional.of(step));
            }
            if (state.started() && !step.isPointOfNoReturn()) {
                back.add(step);
            }
        }
        return new RollbackList(back, Optional.empty());
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

    /** A point of no return of which every attempt was refused changed nothing, and is no barrier. */
    private static boolean isPassed(StepState state) {
        return state.started() && (state.mayHaveHappened() || !REFUSED.contains(state.status()));
    }
}
