package dev.runbook.endpoint;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something that only a person can answer.
 *
 * @param subject the step's id
 * @param kind why it is asked
 * @param heading what stands over it in a line of its own; empty where the message says all
 * @param message what is asked; several lines
 * @param expected for a question that is answered by a word: the one answer that means yes; for a choice the words of {@code choices} count
 * @param declining what {@code no} does, for a question that is answered by a word; else empty
 * @param choices for a choice: what may be answered, first the safest
 * @param terms what is asked of an answer besides its words
 */
public record Question(
        String subject,
        Kind kind,
        Optional<Heading> heading,
        String message,
        String expected,
        String declining,
        List<Choice> choices,
        Terms terms) {
    /** What declines a question that is answered by a word, and nothing else does. */
    public static final String NO = "no";

    private static final int ID_LENGTH = 12;

    /** Why it is asked. The name of a kind, where it has one, tells its answer from others for the same step. */
    public enum Kind {
        /** The step asks before it acts. */
        CONFIRM("", ""),
        /** The step asks once more, after something was sent of which nobody knows whether it happened. */
        AGAIN("again", ""),
        /** A person wants to leave out a step that asks, or that records what later steps need. */
        SKIP("skip", "SKIP"),
        /** A person wants to count a step as done although its facts do not show it. */
        DONE("done", "COUNT AS DONE"),
        /** A person wants to go back, but only half-way: a point of no return was passed. */
        ROLLBACK("rollback", "ROLL BACK"),
        /** An action of a rollback asks before it acts. */
        UNDO("undo", ""),
        /** A person wants to cut off what must not be cut off. */
        CUT_OFF("", "CANCEL"),
        /** The step failed. */
        FAILURE("", ""),
        /** Nobody knows whether the step happened. */
        DOUBT("", ""),
        /** The condition by which the step was skipped holds by now, or cannot be asked. */
        CONDITION("", ""),
        /** A person has to take something back by hand. */
        BY_HAND("", "");

        private final String gate;
        private final String word;

        Kind(String gate, String word) {
            this.gate = gate;
            this.word = word;
        }

        /** How an answer that is given beforehand names it behind the step; empty for the step's own question. */
        public String gate() {
            return gate;
        }

        /** The word that means yes at each gate of this kind; empty where the runbook says it. */
        public String word() {
            return word;
        }

        /** The gate of that name; empty where there is none. */
        public static Optional<Kind> ofGate(String name) {
            return Stream.of(values())
                    .filter(kind -> !name.isEmpty() && kind.gate.equals(name))
                    .findFirst();
        }

        /** Whether it is answered by a word that means yes, or by no. */
        public boolean isWord() {
            return switch (this) {
                case CONFIRM, AGAIN, SKIP, DONE, ROLLBACK, UNDO, CUT_OFF -> true;
                case FAILURE, DOUBT, CONDITION, BY_HAND -> false;
            };
        }
    }

    /**
     * The line over a question that must not look like any other.
     *
     * @param place which step of how many it is
     * @param title what the step does
     * @param mark what makes it special, such as {@code POINT OF NO RETURN}
     */
    public record Heading(String place, String title, String mark) {}

    /**
     * A possible answer.
     *
     * @param word what is typed, as a whole
     * @param argument what has to be given behind the word, such as {@code REASON}; empty where nothing is
     * @param meaning for people
     */
    public record Choice(String word, String argument, String meaning) {
        /** A word that stands alone. */
        public static Choice of(String word, String meaning) {
            return new Choice(word, "", meaning);
        }

        /** A word with a reason behind it. */
        public static Choice withReason(String word, String meaning) {
            return new Choice(word, "REASON", meaning);
        }
    }

    /**
     * What is asked of an answer besides its words.
     *
     * @param inAdvance whether it may be given before the question is asked
     * @param notFrom the account that must not give it, for another one has to; empty where any may
     */
    public record Terms(boolean inAdvance, Optional<String> notFrom) {
        /** Nothing is. */
        public static final Terms NONE = new Terms(true, Optional.empty());

        /** Whether an answer of this account counts. */
        public boolean allow(String account) {
            return notFrom.filter(account::equalsIgnoreCase).isEmpty();
        }
    }

    /** Copies the choices. */
    public Question {
        choices = List.copyOf(choices);
    }

    /** How an answer that is given beforehand names this question: the step, and the gate where it is not the step's own. */
    public String key() {
        return key(subject, kind);
    }

    /** The same for a question that is not there yet. */
    static String key(String step, Kind kind) {
        return kind.gate().isEmpty() ? step : step + "/" + kind.gate();
    }

    /** All that is asked, with the line over it. */
    public String text() {
        return heading.map(line -> line.place() + "  " + line.title() + "  " + line.mark() + "\n")
                        .orElse("")
                + message;
    }

    /**
     * Tells this question from others, also of the same step: made from what is asked and what may be answered. Whoever has seen
     * it has seen this text.
     */
    public String id() {
        StringBuilder all = new StringBuilder(key()).append('\n').append(kind).append('\n');
        all.append(text()).append('\n').append(expected);
        choices.forEach(choice -> all.append('\n').append(choice.word()));
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(all.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, ID_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether this answer means yes. */
    public boolean isYes(String answer) {
        return answer.equals(expected);
    }

    /** The same question in other words. */
    public Question withMessage(String other) {
        return new Question(subject, kind, heading, other, expected, declining, choices, terms);
    }

    /** The same question under a line of its own. */
    public Question under(Heading line) {
        return new Question(subject, kind, Optional.of(line), message, expected, declining, choices, terms);
    }

    /** The same question, of whose answer more is asked. */
    public Question on(Terms wanted) {
        return new Question(subject, kind, heading, message, expected, declining, choices, wanted);
    }

    /** A question before an action. */
    public static Question confirm(String subject, String message, String expected) {
        return word(subject, Kind.CONFIRM, message, expected, "to stop here (nothing is sent; resume later)");
    }

    /**
     * A question that is answered by a word.
     *
     * @param declining what {@code no} does
     */
    public static Question word(String subject, Kind kind, String message, String expected, String declining) {
        return new Question(subject, kind, Optional.empty(), message, expected, declining, List.of(), Terms.NONE);
    }

    /** A choice between several ways on. */
    public static Question choice(String subject, Kind kind, String message, List<Choice> choices) {
        return new Question(subject, kind, Optional.empty(), message, "", "", choices, Terms.NONE);
    }
}
