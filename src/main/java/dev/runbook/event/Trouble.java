package dev.runbook.event;

import java.util.List;
import java.util.Optional;

/**
 * What stood in the way, as it is kept and shown.
 *
 * @param code an error number or id of the other side, or an id of ours in kebab-case
 * @param kind transient, access, identity, cancelled or lasting, in lower case
 * @param unknown whether it is unknown if the effect happened
 * @param message one sentence
 * @param details further sentences
 * @param place {@code file:line:column} of the text that caused it
 * @param partial whether something of what was sent was done before it failed
 */
public record Trouble(
        String code,
        String kind,
        boolean unknown,
        String message,
        List<String> details,
        Optional<String> place,
        Boolean partial) {
    /** The code of a server that another run works on. */
    public static final String LOCKED = "locked";

    /** Copies the details. */
    public Trouble {
        details = List.copyOf(details);
        partial = partial != null && partial;
    }

    /** A trouble that is a refusal of the whole, or of which nothing else is known. */
    public Trouble(
            String code, String kind, boolean unknown, String message, List<String> details, Optional<String> place) {
        this(code, kind, unknown, message, details, place, false);
    }

    /** Whether something of what was sent was done before it failed. */
    public boolean isPartial() {
        return partial;
    }

    /** The same trouble of a question: whatever became of the answer, nothing was changed. */
    public Trouble ofQuestion() {
        return new Trouble(code, kind, false, message, details, place);
    }

    /**
     * Whether nobody answered who was asked: out of reach, the login refused, another one than was named, at work for another
     * run. What an author says of any other error does not fit that.
     */
    public boolean isNoAnswer() {
        return switch (kind) {
            case "access", "identity", "cancelled" -> true;
            // a number is an answer of the server
            case "transient" -> !code.chars().allMatch(Character::isDigit);
            default -> code.equals(LOCKED);
        };
    }

    /** A definite trouble without details. */
    public static Trouble of(String code, String message) {
        return new Trouble(code, "lasting", false, message, List.of(), Optional.empty());
    }
}
