package dev.runbook.rehearsal.sqlserver.reading;

import dev.runbook.rehearsal.tds.SqlError;

/** Leaves the reading of a batch; never leaves this package. */
final class Misread extends RuntimeException {
    private final transient SqlError error;

    Misread(SqlError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    SqlError error() {
        return error;
    }
}
