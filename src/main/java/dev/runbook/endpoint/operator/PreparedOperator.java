package dev.runbook.endpoint.operator;

import dev.runbook.endpoint.Operator;
import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Reply;
import java.util.Map;

/**
 * Answers confirms with what was put on the command line or into an approval file, each at exactly the step that it names, and leaves every other
 * question to somebody else.
 */
public final class PreparedOperator implements Operator {
    private final Map<String, Reply.Answered> approvals;
    private final Operator otherwise;

    /**
     * Answers given beforehand.
     *
     * @param approvals answers to confirms, by step, and who gave them
     * @param otherwise who is asked for the rest
     */
    public PreparedOperator(Map<String, Reply.Answered> approvals, Operator otherwise) {
        this.approvals = Map.copyOf(approvals);
        this.otherwise = otherwise;
    }

    @Override
    public Reply ask(Question question) {
        Reply prepared = question.kind() == Question.Kind.CONFIRM ? approvals.get(question.subject()) : null;
        return prepared == null ? otherwise.ask(question) : prepared;
    }
}
