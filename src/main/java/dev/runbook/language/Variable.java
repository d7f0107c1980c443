package dev.runbook.language;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What differs from site to site.
 *
 * @param name snake_case, and where it is declared
 * @param type what it may hold
 * @param items of a list: what each item may hold
 * @param atMost of a list: how many items at most
 * @param description for people; empty text if there is none
 * @param example for people, editors and rehearsals
 * @param defaultValue may use variables declared above and the run's own names
 * @param optional whether it may be absent
 */
public record Variable(
        Name name,
        Type type,
        Optional<Type> items,
        OptionalInt atMost,
        String description,
        Optional<Written> example,
        Optional<Written> defaultValue,
        boolean optional) {

    /** What a variable may hold. */
    public enum Type {
        /** Any text of one line or more. */
        TEXT,
        /** A whole or decimal number. */
        NUMBER,
        /** {@code true} or {@code false}. */
        BOOLEAN,
        /** A fully qualified domain name. */
        FQDN,
        /** A name of SQL Server: at most 128 characters. */
        IDENTIFIER,
        /** A file or folder, of Windows or of this machine, or a share. */
        PATH,
        /** {@code 90s}, {@code 15m}, {@code 2h}, {@code 1h30m}. */
        DURATION,
        /** A text that is never printed, journalled or put into an argument list. */
        SECRET,
        /** A list; its {@code items} say of what. */
        LIST,
        /** A SQL Server and how to log in there. */
        SQL_SERVER,
        /** A management shell. */
        POWERSHELL;

        /** The word in the file. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** The type of that word. */
        static Optional<Type> of(String word) {
            return Arrays.stream(values())
                    .filter(type -> type.word().equals(word))
                    .findFirst();
        }
    }
}
