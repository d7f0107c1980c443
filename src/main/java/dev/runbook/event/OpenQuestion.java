package dev.runbook.event;

import java.util.List;
import java.util.Optional;

/**
 * What a question says, so that somebody who sees the journal alone can answer it.
 *
 * @param id made from all of it: another question has another one
 * @param kind why it is asked, such as {@code confirm}
 * @param key how an answer that is given beforehand names it: the step, and the gate where it is not the step's own
 * @param question the text; several lines
 * @param answer the one word that means yes; empty where it is a choice
 * @param choices what may be answered; none where it is answered by a word
 */
public record OpenQuestion(
        String id, String kind, String key, String question, Optional<String> answer, List<Way> choices) {
    /** Copies the list. */
    public OpenQuestion {
        choices = List.copyOf(choices);
    }

    /**
     * A possible answer.
     *
     * @param word what is typed
     * @param argument what has to be given with it, such as {@code REASON}; empty where nothing is
     * @param meaning for people
     */
    public record Way(String word, String argument, String meaning) {}
}
