package dev.runbook.endpoint;

import java.util.List;

/**
 * Something that only a person can answer.
 *
 * @param subject the step's id
 * @param kind why it is asked
 * @param message what is asked; several lines
 * @param expected for a confirm the one answer that means yes; for a choice the words of {@code choices} count
 * @param choices for a choice: what may be answered, first the safest
 */
public record Question(String subject, Kind kind, String message, String expected, List<Choice> choices) {
    /** Why it is asked. */
    public enum Kind {
        /** The step asks before it acts. Anything but the expected answer means no. */
        CONFIRM,
        /** The step failed. */
        FAILURE,
        /** Nobody knows whether the step happened. */
        DOUBT,
        /** A person has to take something back by hand. */
        BY_HAND
    }

    /**
     * A possible answer.
     *
     * @param word what is typed; its first letter is enough where that is unique
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

    /** Copies the choices. */
    public Question {
        choices = List.copyOf(choices);
    }

    /** The same question in other words. */
    public Question withMessage(String other) {
        return new Question(subject, kind, other, expected, choices);
    }

    /** A question before an action. */
    public static Question confirm(String subject, String message, String expected) {
        return new Question(subject, Kind.CONFIRM, message, expected, List.of());
    }

    /** A choice between several ways on. */
    public static Question choice(String subject, Kind kind, String message, List<Choice> choices) {
        return new Question(subject, kind, message, "", choices);
    }
}
