package dev.runbook.endpoint.operator;

import dev.runbook.endpoint.Operator;
import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Reply;
import java.util.function.Consumer;

/** Does what people do by hand when they say yes to a confirm, before the run goes on: in a rehearsal nobody else would. */
public final class ActingOperator implements Operator {
    private final Operator operator;
    private final Consumer<String> confirmed;

    /**
     * Somebody who acts.
     *
     * @param operator who answers
     * @param confirmed hears the id of each step that was agreed to
     */
    public ActingOperator(Operator operator, Consumer<String> confirmed) {
        this.operator = operator;
        this.confirmed = confirmed;
    }

    @Override
    public Reply ask(Question question) {
        Reply reply = operator.ask(question);
        boolean agreed = question.kind() == Question.Kind.CONFIRM
                && reply instanceof Reply.Answered answer
                && answer.text().equals(question.expected());
        if (agreed) {
            confirmed.accept(question.subject());
        }
        return reply;
    }
}
