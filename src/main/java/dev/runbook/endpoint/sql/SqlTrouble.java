package dev.runbook.endpoint.sql;

import dev.runbook.endpoint.Failure;

/** Carries a failure up to the one place that makes it an answer. Never leaves this package. */
final class SqlTrouble extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Failure failure;

    SqlTrouble(Failure failure) {
        super(failure.message(), null, false, false);
        this.failure = failure;
    }

    /** What went wrong. */
    Failure failure() {
        return failure;
    }
}
