package dev.runbook.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The person who answers for the run, or whatever stands in for one. */
public interface Operator {
    /**
     * Asks and waits for the answer.
     *
     * @return never null; a {@link Reply.Nobody} where nobody can answer
     */
    Reply ask(Question question);

    /**
     * There is no terminal, so nothing is ever answered: a question is never a yes by default. But one that is answered by a word
     * is shown, for whoever reads this later has to know what to say yes to.
     *
     * @param screen takes texts for people
     */
    static Operator nobody(Consumer<String> screen) {
        return question -> {
            if (question.kind().isWord()) {
                List<String> lines = new ArrayList<>();
                question.heading()
                        .ifPresent(line -> lines.add(line.place() + "  " + line.title() + "  " + line.mark()));
                question.message().strip().lines().forEach(lines::add);
                screen.accept(lines.stream().map("| "::concat).collect(Collectors.joining("\n")));
            }
            return Reply.Nobody.NO_TERMINAL;
        };
    }
}
