package dev.runbook.language;

import java.util.Optional;

/**
 * A question that a person answers before the action.
 *
 * @param message what is asked
 * @param type what has to be typed, where {@code yes} or the step's id is not enough
 */
public record Confirm(Text message, Optional<Text> type) {}
