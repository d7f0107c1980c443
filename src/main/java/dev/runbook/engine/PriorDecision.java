package dev.runbook.engine;

import dev.runbook.event.Decision;
import java.util.Locale;

/**
 * A decision on a step, given before the run.
 *
 * @param decision how to go on should the step fail or be in doubt
 * @param reason why; empty where the decision needs none
 * @param by who made it, and by what way
 */
public record PriorDecision(Decision decision, String reason, String by) {
    /** How a decision is given with a command. */
    public static final String OPTION = "--decide";

    /** A decision of whoever gave the command. */
    public PriorDecision(Decision decision, String reason) {
        this(decision, reason, OPTION);
    }

    /** As it is given on the command line. */
    public String words() {
        String word = decision.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return reason.isEmpty() ? word : word + ":" + reason;
    }
}
