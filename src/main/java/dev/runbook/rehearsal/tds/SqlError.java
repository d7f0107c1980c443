package dev.runbook.rehearsal.tds;

/**
 * An error or an informational message of a server.
 *
 * @param number as in {@code sys.messages}
 * @param severity 10 or less is information
 * @param state usually 1
 * @param message the text
 * @param line of the batch, or of the procedure, counted from 1
 * @param procedure in which it arose; empty for the batch itself
 */
public record SqlError(int number, int severity, int state, String message, int line, String procedure) {
    /** The severity from which on it is an error. */
    public static final int ERROR = 11;

    /** One of the batch itself. */
    public SqlError(int number, int severity, int state, String message, int line) {
        this(number, severity, state, message, line, "");
    }

    /** The same, in that line of that procedure or, where its name is empty, of the batch. */
    public SqlError at(int otherLine, String otherProcedure) {
        return new SqlError(number, severity, state, message, otherLine, otherProcedure);
    }

    /** Whether it is more than information. */
    public boolean isError() {
        return severity >= ERROR;
    }

    /** An error of severity 16 in line 1. */
    public static SqlError of(int number, String message) {
        return new SqlError(number, 16, 1, message, 1);
    }

    /** A message that is no error. */
    public static SqlError info(int number, String message) {
        return new SqlError(number, 10, 1, message, 1);
    }
}
