package dev.runbook.session;

import dev.runbook.engine.Engine;
import dev.runbook.terminal.GivenAnswers;
import java.util.List;
import java.util.Map;

/**
 * Answers that were given with the command.
 *
 * @param approvals answers to what is asked, and who gave them
 * @param decisions how to go on with a step that failed or is in doubt, by step
 * @param onFailure what happens at a failure when nobody decides
 */
public record Answers(
        List<GivenAnswers.Given> approvals, Map<String, Engine.PriorDecision> decisions, Engine.OnFailure onFailure) {
    /** No answers. */
    public static final Answers NONE = new Answers(List.of(), Map.of(), Engine.OnFailure.STOP);

    /** Copies the collections. */
    public Answers {
        approvals = List.copyOf(approvals);
        decisions = Map.copyOf(decisions);
    }

    /** Whether there is an answer to what is asked under this name. */
    public boolean answers(String key) {
        return approvals.stream().anyMatch(given -> given.key().equals(key));
    }
}
