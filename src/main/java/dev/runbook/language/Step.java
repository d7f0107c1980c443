package dev.runbook.language;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One thing that is done, and how to see that it is done.
 *
 * @param id the page's own number where there is one, and where it is declared
 * @param title for people
 * @param description for people
 * @param documents numbers of the documented sub-steps that it carries out, wholly or in part
 * @param when not true: skipped
 * @param require not true: the run stops before anything is changed
 * @param remember facts whose rows are kept, by the name under which they are kept
 * @param confirm a person answers before the action; alone, it is the action
 * @param task what is done, and how to see it; without an action the step asserts, notes or waits
 * @param rollback the way back; empty where there is nothing to take back
 * @param advice what to tell the operator at a failure
 */
public record Step(
        Name id,
        Text title,
        Optional<Text> description,
        List<Name> documents,
        Condition when,
        Condition require,
        Map<String, Name> remember,
        Optional<Confirm> confirm,
        Task task,
        Optional<Rollback> rollback,
        Advice advice) {
    /** Copies the collections, keeping their order. */
    public Step {
        documents = List.copyOf(documents);
        remember = Collections.unmodifiableMap(new LinkedHashMap<>(remember));
    }

    /** Whether nothing can take it back. */
    public boolean isPointOfNoReturn() {
        return rollback.filter(Rollback.Impossible.class::isInstance).isPresent();
    }

    /** What means yes at its confirm: the author's text, its id where nothing can take it back, else {@code yes}. */
    public Text answer() {
        return confirm.flatMap(Confirm::type)
                .orElseGet(() -> new Text(isPointOfNoReturn() ? id.text() : "yes", id.origin()));
    }

    /** Whether it does something to the world by itself. */
    public boolean hasAction() {
        return task.action().isPresent();
    }

    /**
     * A question that a person answers before the action.
     *
     * @param message what is asked
     * @param type what has to be typed, where {@code yes} or the step's id is not enough
     * @param inAdvance whether it may be answered before it is asked
     * @param secondPerson whether another account than the one that began the run has to answer
     */
    public record Confirm(Text message, Optional<Text> type, boolean inAdvance, boolean secondPerson) {
        /** What is asked of an answer besides the word, for people, a sentence each. */
        public List<String> terms() {
            List<String> terms = new ArrayList<>();
            if (!inAdvance) {
                terms.add("It can be answered only once it is asked.");
            }
            if (secondPerson) {
                terms.add("Another account than the one that began the run has to answer.");
            }
            return terms;
        }
    }

    /** The way back from a step. */
    public sealed interface Rollback {
        /** Actions, top to bottom. */
        record Actions(List<Entry> entries) implements Rollback {
            /** Copies the list. */
            public Actions {
                entries = List.copyOf(entries);
            }
        }

        /**
         * One action of a rollback.
         *
         * @param title for people
         * @param when not true: left out
         * @param require not true: the rollback stops before it
         * @param confirm what a person answers before it
         * @param task what is done
         */
        record Entry(
                Optional<Text> title, Condition when, Condition require, Optional<Step.Confirm> confirm, Task task) {}

        /** Nothing has to be taken back, and why. */
        record NotNeeded(Text why) implements Rollback {}

        /** A person takes it back, and how. */
        record ByHand(Text what) implements Rollback {}

        /** Nothing can take it back, and why: the point of no return. */
        record Impossible(Text why) implements Rollback {}

        /** The action itself knows the way back: copied files are deleted. */
        record BuiltIn() implements Rollback {}
    }
}
