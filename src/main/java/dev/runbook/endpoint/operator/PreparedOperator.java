package dev.runbook.endpoint.operator;

import dev.runbook.endpoint.Operator;
import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Reply;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Gives the answers that were put on the command line, each to the one step that it names, and leaves every other question to
 * somebody else. An approval answers its step's confirm as often as it is asked; a decision is used once, so that a step that
 * fails again is asked about again.
 */
public final class PreparedOperator implements Operator {
    private final Map<String, String> approvals;
    private final Map<String, Decided> decisions;
    private final Operator otherwise;

    /**
     * Answers given beforehand.
     *
     * @param approvals answers to confirms, by step
     * @param decisions choices at a failure or in doubt, by step
     * @param otherwise who is asked for the rest
     */
    public PreparedOperator(Map<String, String> approvals, Map<String, Decided> decisions, Operator otherwise) {
        this.approvals = Map.copyOf(approvals);
        this.decisions = new HashMap<>(decisions);
        this.otherwise = otherwise;
    }

    @Override
    public Reply ask(Question question) {
        return prepared(question).orElseGet(() -> otherwise.ask(question));
    }

    private Optional<Reply> prepared(Question question) {
        if (question.kind() == Question.Kind.CONFIRM) {
            return Optional.ofNullable(approvals.get(question.subject()))
                    .map(answer -> new Reply.Answered(answer, "", "--approve"));
        }
        Decided decided = decisions.get(question.subject());
        boolean offered = decided != null
                && question.choices().stream().anyMatch(choice -> choice.word().equals(decided.word()));
        if (!offered) {
            return Optional.empty();
        }
        decisions.remove(question.subject());
        return Optional.of(new Reply.Answered(decided.word(), decided.reason(), "--decide"));
    }
}
