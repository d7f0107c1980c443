package dev.runbook.endpoint.operator;

import dev.runbook.endpoint.Operator;
import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Reply;
import java.util.function.Consumer;

/**
 * Who answers in a rehearsal. What a step asks is answered with yes, unless a person wants to answer; every other question needs a
 * person even there: a step that fails is what a rehearsal is for. What people do by hand when they say yes is done here, for
 * nobody else would do it.
 */
public final class RehearsalOperator implements Operator {
    /** By whom the answers are, in the journal. */
    public static final String NAME = "the rehearsal";

    private final Operator person;
    private final boolean asks;
    private final Consumer<String> confirmed;

    /**
     * Somebody who answers in a rehearsal.
     *
     * @param person who is asked what the rehearsal does not answer
     * @param asks whether that person is asked everything
     * @param confirmed hears the id of each step that was agreed to
     */
    public RehearsalOperator(Operator person, boolean asks, Consumer<String> confirmed) {
        this.person = person;
        this.asks = asks;
        this.confirmed = confirmed;
    }

    @Override
    public Reply ask(Question question) {
        boolean own = question.kind() == Question.Kind.CONFIRM || question.kind() == Question.Kind.AGAIN;
        Reply reply = own && !asks ? new Reply.Answered(question.expected(), "", NAME) : person.ask(question);
        if (own && reply instanceof Reply.Answered answer && question.isYes(answer.text())) {
            confirmed.accept(question.subject());
        }
        return reply;
    }
}
