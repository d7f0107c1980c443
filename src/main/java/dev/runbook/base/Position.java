package dev.runbook.base;

/**
 * A place in a source.
 *
 * @param line counted from 1
 * @param column counted from 1, in UTF-16 code units
 */
public record Position(int line, int column) implements Comparable<Position> {
    /** The first character of a file. */
    public static final Position START = new Position(1, 1);

    /** The place so many code units to the right, on the same line. */
    public Position right(int columns) {
        return new Position(line, column + columns);
    }

    @Override
    public int compareTo(Position other) {
        int byLine = Integer.compare(line, other.line);
        return byLine != 0 ? byLine : Integer.compare(column, other.column);
    }
}
