package dev.runbook.endpoint.operator;

import dev.runbook.endpoint.Operator;
import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Reply;

/** There is no terminal, so nothing is ever answered. A confirm is never a yes by default. */
public final class NobodyThere implements Operator {
    @Override
    public Reply ask(Question question) {
        return new Reply.Nobody();
    }
}
