package dev.runbook.endpoint.operator;

import dev.runbook.endpoint.Operator;
import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Reply;
import java.util.function.Consumer;

/**
 * Says yes to every confirm of a rehearsal, and lets the rehearsal do what people do at that moment. What else is asked needs
 * a person even there: a step that fails is what a rehearsal is for.
 */
public final class RehearsalOperator implements Operator {
    /** By whom the answers are, in the journal. */
    public static final String NAME = "the rehearsal";

    private final Consumer<String> confirmed;
    private final Operator otherwise;

    /**
     * A rehearsal's own answers.
     *
     * @param confirmed hears the id of the step that was agreed to, before the run goes on
     * @param otherwise who is asked for the rest
     */
    public RehearsalOperator(Consumer<String> confirmed, Operator otherwise) {
        this.confirmed = confirmed;
        this.otherwise = otherwise;
    }

    @Override
    public Reply ask(Question question) {
        if (question.kind() != Question.Kind.CONFIRM) {
            return otherwise.ask(question);
        }
        confirmed.accept(question.subject());
        return new Reply.Answered(question.expected(), "", NAME);
    }
}
