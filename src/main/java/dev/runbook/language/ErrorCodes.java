package dev.runbook.language;

import dev.runbook.base.Suggestion;
import dev.runbook.yaml.Node;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks the errors that an author names. A misspelt one never meets an error, and nobody would notice before the night. Of a
 * SQL Server they are numbers, besides the few words by which a failure of the connection is told; the error ids of a cmdlet
 * may be anything that begins with a letter.
 */
final class ErrorCodes {
    /** Stands for all errors that are not named. */
    static final String OTHER = "other";

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]*");
    /** What the endpoint of a SQL Server, and the proof that a step is done, call what has no number. */
    private static final Set<String> WORDS = Set.of(
            "authentication",
            "certificate",
            "connection-lost",
            "no-browser",
            "no-conversation",
            "not-dialled",
            "not-done",
            "other-server",
            "return-code",
            "timeout",
            "tls",
            "unknown-name",
            "unreachable");

    private final Reading reading;
    private final boolean ofServer;

    /** Of a step, an action of a rollback, or a fact. */
    ErrorCodes(Reading reading, Node.Mapping owner) {
        this.reading = reading;
        this.ofServer = owner.get("sql").isPresent() || owner.get("procedure").isPresent();
    }

    /** A key of {@code advice}. */
    void checkAdvised(Node.Scalar key) {
        String code = key.value();
        boolean nearly = !WORDS.contains(code)
                && Suggestion.nearest(code, List.of(OTHER)).isPresent();
        if (nearly && !code.equals(OTHER)) {
            error(key, "Did you mean \"other\"?");
        } else if (!code.equals(OTHER) && isForeign(code) && !isTold(key)) {
            error(key, "Write the number alone, such as 6106, or \"other\" for the rest.");
        }
    }

    /** An item of {@code on}. */
    void checkRetried(Node.Scalar item) {
        if (isForeign(item.value())) {
            error(item, "Write the number alone, such as 3101.");
        }
    }

    /** A key of {@code harmless-errors}; that the connection went is never harmless. */
    void checkHarmless(Node.Scalar key) {
        boolean foreign = isForeign(key.value()) || ofServer && WORDS.contains(key.value());
        if (foreign && !isTold(key)) {
            error(key, "Write the number alone, such as 6106.");
        }
    }

    private boolean isForeign(String code) {
        return ofServer && !NUMBER.matcher(code).matches() && !WORDS.contains(code);
    }

    /** A key that begins with a digit and is no number is refused by the schema already. */
    private static boolean isTold(Node.Scalar key) {
        return !key.value().isEmpty() && Character.isDigit(key.value().charAt(0));
    }

    private void error(Node.Scalar written, String advice) {
        String found = "\"" + written.value() + "\" is no error" + (ofServer ? " number" : "") + ". ";
        reading.error(written.origin(), "error-number", found + advice);
    }
}
