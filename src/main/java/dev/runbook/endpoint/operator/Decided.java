package dev.runbook.endpoint.operator;

/**
 * How to go on with a step, decided before it was asked.
 *
 * @param word of the choice, such as {@code done-by-hand}
 * @param reason why; empty where none was given
 */
public record Decided(String word, String reason) {}
