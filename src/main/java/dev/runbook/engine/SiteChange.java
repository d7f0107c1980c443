package dev.runbook.engine;

import dev.runbook.plan.Plan;
import dev.runbook.state.RunState;

/** Gives a variable another value in the middle of a run. */
@FunctionalInterface
public interface SiteChange {
    /** Refuses every change. */
    SiteChange NEVER = (plan, state, assignment) -> new Outcome.Refused("Variables cannot be changed here.");

    /**
     * Changes a variable that no finished step used and no step in doubt uses, and keeps the new value for a resume.
     *
     * @param assignment {@code name=value}, as typed
     */
    Outcome change(Plan plan, RunState state, String assignment);

    /** What came of it. */
    sealed interface Outcome {
        /**
         * The variable has the new value.
         *
         * @param plan with it
         * @param name of the variable
         * @param shown the value as people may see it, a secret as dots
         */
        record Changed(Plan plan, String name, String shown) implements Outcome {}

        /** It keeps the old one, and why. */
        record Refused(String message) implements Outcome {}
    }
}
