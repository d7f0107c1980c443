package dev.runbook.rehearsal.tds;

/**
 * An error or an informational message of a server.
 *
 * @param number as in {@code sys.messages}
 * @param severity 10 or less is information
 * @param state usually 1
 * @param message the text
 * @param line of the batch, counted from 1
 */
public record SqlError(int number, int severity, int state, String message, int line) {
    /** An error of severity 16 in line 1. */
    public static SqlError of(int number, String message) {
        return new SqlError(number, 16, 1, message, 1);
    }

    /** A message that is no error. */
    public static SqlError info(int number, String message) {
        return new SqlError(number, 10, 1, message, 1);
    }
}
