package dev.runbook.language;

import java.util.List;
import java.util.Optional;

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
    record Entry(Optional<Text> title, Condition when, Condition require, Optional<Confirm> confirm, Task task) {}

    /** Nothing has to be taken back, and why. */
    record NotNeeded(Text why) implements Rollback {}

    /** A person takes it back, and how. */
    record ByHand(Text what) implements Rollback {}

    /** Nothing can take it back, and why: the point of no return. */
    record Impossible(Text why) implements Rollback {}

    /** The action itself knows the way back: copied files are deleted. */
    record BuiltIn() implements Rollback {}
}
