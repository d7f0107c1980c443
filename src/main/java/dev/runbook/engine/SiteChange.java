package dev.runbook.engine;

import dev.runbook.plan.Plan;
import dev.runbook.state.RunState;
import java.util.Map;

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
         * The variable has the new value, and so have those whose defaults build on it.
         *
         * @param plan with them
         * @param shown the new values by variable, as people may see them, a secret as dots
         */
        record Changed(Plan plan, Map<String, String> shown) implements Outcome {
            /** Copies the map. */
            public Changed {
                shown = Map.copyOf(shown);
            }
        }

        /** It keeps the old one, and why. */
        record Refused(String message) implements Outcome {}
    }
}
