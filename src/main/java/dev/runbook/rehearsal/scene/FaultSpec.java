package dev.runbook.rehearsal.scene;

import java.util.Locale;
import java.util.Optional;

/**
 * Something that goes wrong.
 *
 * @param at the beginning of a statement, or the name of a cmdlet, with {@code *} for any characters, in any case
 * @param server only there; empty means everywhere
 * @param kind what goes wrong
 * @param times how often; after that all is well
 * @param complaint what an error says
 */
public record FaultSpec(String at, Optional<String> server, Kind kind, int times, Complaint complaint) {
    /**
     * What an error says.
     *
     * @param number of SQL Server
     * @param message for people
     */
    public record Complaint(int number, String message) {
        /** A passing one. */
        public static final Complaint USUAL =
                new Complaint(1222, "Lock request time out period exceeded. (A fault of the scene.)");
    }

    /** What can go wrong. */
    public enum Kind {
        /** The statement fails before it has any effect. */
        ERROR_BEFORE,
        /** The statement has its effect, but the connection breaks before the answer arrives. */
        ANSWER_LOST,
        /** The connection breaks before the statement has any effect. */
        DROP,
        /** Nothing happens until somebody stops waiting. */
        HANG,
        /** The disk is full. */
        DISK_FULL,
        /** The management shell dies. */
        KILL_SHELL;

        /** The word in the file. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
