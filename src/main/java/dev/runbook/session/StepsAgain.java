package dev.runbook.session;

import dev.runbook.engine.RollbackPlan;
import dev.runbook.language.Runbook;
import dev.runbook.state.RunState;
import dev.runbook.terminal.Refusal;
import java.util.List;
import java.util.Optional;

/**
 * The finished steps that a resume runs once more.
 *
 * @param again each of these
 * @param from this one and all behind it that are finished
 */
public record StepsAgain(List<String> again, Optional<String> from) {
    /** Copies the list. */
    public StepsAgain {
        again = List.copyOf(again);
    }

    /** Whether there are any. */
    public boolean isEmpty() {
        return again.isEmpty() && from.isEmpty();
    }

    /**
     * Their ids, in the order of the runbook; refuses what cannot be run again, or would not be.
     *
     * @param runbook has all steps that are named here
     */
    public List<String> of(Runbook runbook, RunState state) {
        List<String> ids =
                runbook.steps().stream().map(step -> step.id().text()).toList();
        Optional<String> next =
                ids.stream().filter(id -> !isFinished(state, id)).findFirst();
        String goesOn = next.map(id -> " The run goes on with step " + id + " by itself.")
                .orElse("");
        for (String id : again) {
            if (!isFinished(state, id)) {
                throw Refusal.usage("--again " + id + ": step " + id + " is not finished." + goesOn);
            }
        }
        from.ifPresent(first -> {
            if (next.filter(id -> ids.indexOf(first) > ids.indexOf(id)).isPresent()) {
                throw Refusal.usage("--from goes back, and step " + first + " is still ahead." + goesOn);
            }
        });
        List<String> chosen = ids.stream()
                .filter(id -> isFinished(state, id) && (again.contains(id) || isBehind(id, ids)))
                .toList();
        RollbackPlan.barrierTo(runbook, state, chosen).ifPresent(barrier -> {
            throw Refusal.usage("Step " + barrier.id() + " cannot be taken back and was passed. "
                    + "Neither it nor a step before it can be run again.");
        });
        return chosen;
    }

    private boolean isBehind(String id, List<String> ids) {
        return from.filter(first -> ids.indexOf(id) >= ids.indexOf(first)).isPresent();
    }

    private static boolean isFinished(RunState state, String id) {
        return state.step(id).status().isFinished();
    }
}
