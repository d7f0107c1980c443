package dev.runbook.endpoint.operator;

import dev.runbook.endpoint.Operator;
import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Reply;

/**
 * Says yes to every confirm of a rehearsal. What else is asked needs a person even there: a step that fails is what a
 * rehearsal is for.
 */
public final class RehearsalOperator implements Operator {
    /** By whom the answers are, in the journal. */
    public static final String NAME = "the rehearsal";

    private final Operator otherwise;

    /** A rehearsal's own answers; somebody else is asked for the rest. */
    public RehearsalOperator(Operator otherwise) {
        this.otherwise = otherwise;
    }

    @Override
    public Reply ask(Question question) {
        return question.kind() == Question.Kind.CONFIRM
                ? new Reply.Answered(question.expected(), "", NAME)
                : otherwise.ask(question);
    }
}
