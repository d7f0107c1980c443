package dev.runbook.endpoint;

import dev.runbook.base.Harmless;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Something in the world did not go as asked.
 *
 * @param outcome whether it is known that the asked effect did not happen
 * @param kind what sort of trouble; decides on retries
 * @param code the number or id by which the other side names the error ({@code "3101"},
 *     {@code "NamedParameterNotFound,Set-CsPersistentChatState"}); an id of ours in kebab-case where the other side has none
 *     ({@code "connection-lost"})
 * @param message one sentence for people, without secrets
 * @param line the line of the text that was sent, counted from 1, where the other side names one
 * @param details further messages of the same event, such as the rest of an error chain; never needed to decide
 * @param codes of all errors of the same event that say why, {@code code} among them; empty where nobody answered
 */
public record Failure(
        Outcome outcome,
        Kind kind,
        String code,
        String message,
        OptionalInt line,
        List<String> details,
        List<String> codes) {
    /** What is known of the effect. */
    public enum Outcome {
        /** The other side said no, or was never asked: the effect as a whole did not happen. */
        DEFINITE,
        /**
         * The other side said no, and nothing is under way any more; but a part of it may have happened: something before the
         * error succeeded, or the error came from within a procedure.
         */
        PARTLY,
        /** Nobody knows: the connection went, the time ran out, the host died after the request was sent. */
        UNKNOWN
    }

    /** What sort of trouble. */
    public enum Kind {
        /** May go away by itself: a deadlock, a busy server, a network that is down. */
        TRANSIENT,
        /** A refused login or a missing permission; never tried again by itself, or the account is locked. */
        ACCESS,
        /** Somebody else is there than was named. */
        IDENTITY,
        /** Stopped because the operator or a time limit asked for it. */
        CANCELLED,
        /** Any other error; trying again gives the same. */
        LASTING
    }

    /** What comes from outside is made harmless. */
    public Failure {
        message = Harmless.line(message);
        details = details.stream().map(Harmless::line).toList();
        codes = List.copyOf(codes);
    }

    /** One whose code is the only one. */
    public Failure(Outcome outcome, Kind kind, String code, String message, OptionalInt line, List<String> details) {
        this(outcome, kind, code, message, line, details, outcome == Outcome.UNKNOWN ? List.of() : List.of(code));
    }

    /** A failure of which it is known that nothing happened. */
    public static Failure definite(Kind kind, String code, String message) {
        return new Failure(Outcome.DEFINITE, kind, code, message, OptionalInt.empty(), List.of());
    }

    /** A failure that leaves open whether it happened. */
    public static Failure unknown(Kind kind, String code, String message) {
        return new Failure(Outcome.UNKNOWN, kind, code, message, OptionalInt.empty(), List.of());
    }

    /** Whether it is unknown if the effect happened. */
    public boolean isUnknown() {
        return outcome == Outcome.UNKNOWN;
    }

    /** Whether the other side said no, and a part of the effect may have happened all the same. */
    public boolean isPartial() {
        return outcome == Outcome.PARTLY;
    }

    /** The same failure, of which more is known. */
    public Failure withDetail(String detail) {
        List<String> more = new ArrayList<>(details);
        more.add(detail);
        return new Failure(outcome, kind, code, message, line, more, codes);
    }

    /** Whether trying again may help. */
    public boolean isTransient() {
        return kind == Kind.TRANSIENT;
    }
}
