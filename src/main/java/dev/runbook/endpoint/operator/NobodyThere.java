package dev.runbook.endpoint.operator;

import dev.runbook.endpoint.Operator;
import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Reply;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * There is no terminal, so nothing is ever answered. A confirm is never a yes by default; but it is shown, for whoever reads
 * this later has to know what to say yes to.
 *
 * @param screen takes texts for people
 */
public record NobodyThere(Consumer<String> screen) implements Operator {
    @Override
    public Reply ask(Question question) {
        if (question.kind() == Question.Kind.CONFIRM) {
            screen.accept(question.message().strip().lines().map("| "::concat).collect(Collectors.joining("\n")));
        }
        return Reply.Nobody.NO_TERMINAL;
    }
}
