package dev.runbook.base;

/**
 * A stretch of a source, for the caret.
 *
 * @param start its first character
 * @param end the place after its last character; not before {@code start}
 */
public record Span(Position start, Position end) {
    /** A single character. */
    public static Span at(Position position) {
        return new Span(position, position.right(1));
    }
}
