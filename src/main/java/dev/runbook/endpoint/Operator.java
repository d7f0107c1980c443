package dev.runbook.endpoint;

/** The person who answers for the run, or whatever stands in for one. */
public interface Operator {
    /**
     * Asks and waits for the answer.
     *
     * @return never null; a {@link Reply.Nobody} where nobody can answer
     */
    Reply ask(Question question);
}
