package dev.runbook.language;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What has to hold: all clauses, asked in order; the first that does not hold ends it.
 *
 * @param clauses empty means that nothing is asked
 */
public record Condition(List<Clause> clauses) {
    /** Asks nothing. */
    public static final Condition NONE = new Condition(List.of());

    /**
     * A fact, a boolean variable or an optional variable, or {@code no} and one of these.
     *
     * @param negated whether {@code no} stands before the name
     * @param name of the fact or variable
     */
    public record Clause(boolean negated, Name name) {
        @Override
        public String toString() {
            return negated ? "no " + name : name.text();
        }
    }

    /** Copies the clauses. */
    public Condition {
        clauses = List.copyOf(clauses);
    }

    /** Whether nothing is asked. */
    public boolean isEmpty() {
        return clauses.isEmpty();
    }

    @Override
    public String toString() {
        return clauses.stream().map(Clause::toString).collect(Collectors.joining(", "));
    }
}
