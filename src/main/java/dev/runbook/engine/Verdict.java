package dev.runbook.engine;

import dev.runbook.event.Trouble;

/** What came of asking a condition. */
sealed interface Verdict {
    /** All clauses hold. */
    record Holds() implements Verdict {}

    /**
     * A clause does not hold.
     *
     * @param clause as written
     * @param why what was found and what was wanted, in one sentence
     */
    record DoesNotHold(String clause, String why) implements Verdict {}

    /** A clause cannot be asked. */
    record Unknown(String clause, Trouble trouble) implements Verdict {}

    /** Whether all clauses hold. */
    default boolean holds() {
        return this instanceof Holds;
    }
}
