package dev.runbook.engine;

import dev.runbook.event.Decision;
import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent;
import dev.runbook.event.RunEvent.RunStopped;
import dev.runbook.event.Trouble;
import dev.runbook.model.Runbook;
import dev.runbook.model.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes back what a run started, last first, down to a point of no return that was passed. It stops at the first step that
 * cannot be taken back: what came before may lean on it.
 */
final class WayBack {
    private final Runbook runbook;
    private final RollbackWalk walk;
    private final FailureDesk desk;
    private final Recorder recorder;
    private final RunControl control;

    WayBack(Runbook runbook, RollbackWalk walk, FailureDesk desk, Recorder recorder, RunControl control) {
        this.runbook = runbook;
        this.walk = walk;
        this.desk = desk;
        this.recorder = recorder;
        this.control = control;
    }

    /**
     * Goes back.
     *
     * @param by who wants it
     * @param decisions given beforehand, by step: what is done by hand counts as taken back
     * @return how it ended; not in the journal yet
     */
    RunStopped go(String by, Map<String, PriorDecision> decisions) {
        RollbackList list = list();
        recorder.append(new RunEvent.RollbackStarted(ids(list), by));
        for (Step step : list.steps()) {
            if (!takeBack(step, Optional.ofNullable(decisions.get(step.id().text())))) {
                return new RunStopped(Ending.ROLLBACK_INCOMPLETE, notTakenBack(step));
            }
            if (control.isStopRequested()) {
                return new RunStopped(
                        Ending.INTERRUPTED, "Interrupted in the rollback, behind step " + step.id() + ".");
            }
        }
        return list.barrier()
                .map(passed -> new RunStopped(
                        Ending.ROLLBACK_INCOMPLETE,
                        "Taken back down to step " + passed.id() + ", which cannot be taken back."))
                .orElseGet(() -> new RunStopped(Ending.ROLLED_BACK, "All that this run started is taken back."));
    }

    /** Whether the step is behind us: taken back, or by hand. */
    private boolean takeBack(Step step, Optional<PriorDecision> given) {
        Optional<PriorDecision> decision = given.filter(WayBack::isByHand);
        decision.ifPresent(made -> desk.takeDown(step, made, "--decide"));
        Optional<Trouble> trouble = walk.takeBack(step, byHand(decision));
        while (trouble.isPresent()) {
            // who said a moment ago that it is left for later is not asked again
            decision = trouble.filter(found -> !found.code().equals(RollbackWalk.BY_HAND))
                    .flatMap(found -> desk.decideUndo(step, found.message()));
            if (decision.isEmpty()) {
                return false;
            }
            trouble = walk.takeBack(step, byHand(decision));
        }
        return true;
    }

    private static Optional<String> byHand(Optional<PriorDecision> decision) {
        return decision.filter(WayBack::isByHand).map(PriorDecision::reason);
    }

    private static boolean isByHand(PriorDecision made) {
        return made.decision() == Decision.DONE_BY_HAND;
    }

    private String notTakenBack(Step step) {
        String id = step.id().text();
        List<String> before =
                ids(list()).stream().filter(other -> !other.equals(id)).toList();
        String left = before.isEmpty()
                ? ""
                : ": " + String.join(", ", before) + (before.size() > 1 ? " are" : " is") + " left";
        return "Step " + id + " could not be taken back, and nothing before it was touched" + left
                + ". Put it right, and go on with the rollback. If it is taken back by hand, say so with --decide \""
                + id
                + "=done-by-hand:REASON\".";
    }

    private RollbackList list() {
        return RollbackList.of(runbook, recorder.state());
    }

    private static List<String> ids(RollbackList list) {
        return list.steps().stream().map(step -> step.id().text()).toList();
    }
}
