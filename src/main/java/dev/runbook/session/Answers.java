package dev.runbook.session;

import dev.runbook.endpoint.Reply;
import dev.runbook.engine.OnFailure;
import dev.runbook.engine.PriorDecision;
import java.util.Map;

/**
 * Answers that were given with the command.
 *
 * @param approvals answers to confirms, by step, and who gave them
 * @param decisions how to go on with a step that failed or is in doubt, by step
 * @param onFailure what happens at a failure when nobody decides
 */
public record Answers(
        Map<String, Reply.Answered> approvals, Map<String, PriorDecision> decisions, OnFailure onFailure) {
    /** No answers. */
    public static final Answers NONE = new Answers(Map.of(), Map.of(), OnFailure.STOP);

    /** Copies the maps. */
    public Answers {
        approvals = Map.copyOf(approvals);
        decisions = Map.copyOf(decisions);
    }
}
