package dev.runbook.event;

import java.util.OptionalInt;

/**
 * Which action: that of a step, or one of its rollback.
 *
 * @param step id of the step
 * @param undo number of the rollback's action, counted from 1; empty for the step's own
 */
public record Work(String step, OptionalInt undo) {
    /** The step's own action. */
    public static Work of(String step) {
        return new Work(step, OptionalInt.empty());
    }

    /** An action of the step's rollback, counted from 1. */
    public static Work undo(String step, int number) {
        return new Work(step, OptionalInt.of(number));
    }

    /** Whether it belongs to a rollback. */
    public boolean isUndo() {
        return undo.isPresent();
    }
}
