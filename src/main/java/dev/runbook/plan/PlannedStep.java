package dev.runbook.plan;

import dev.runbook.language.Step;
import java.util.List;
import java.util.Optional;

/**
 * A step with the values that are known before the run.
 *
 * @param step as written
 * @param number counted from 1
 * @param left why it does not apply at this site; empty when it does
 * @param confirm what a person is asked
 * @param action what is sent
 * @param rollback what is sent on the way back
 * @param wayBack the way back in words, where it is no action: not needed, by hand, impossible
 */
public record PlannedStep(
        Step step,
        int number,
        Optional<String> left,
        Optional<String> confirm,
        Optional<PlannedAction> action,
        List<PlannedAction> rollback,
        Optional<String> wayBack) {
    /** Copies the list. */
    public PlannedStep {
        rollback = List.copyOf(rollback);
    }
}
