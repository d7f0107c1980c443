package dev.runbook.engine;

import dev.runbook.event.Decision;
import java.util.Locale;

/**
 * A decision on a step, given before the run.
 *
 * @param decision how to go on should the step fail or be in doubt
 * @param reason why; empty where the decision needs none
 */
public record PriorDecision(Decision decision, String reason) {
    /** As it is given on the command line. */
    public String words() {
        String word = decision.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return reason.isEmpty() ? word : word + ":" + reason;
    }
}
