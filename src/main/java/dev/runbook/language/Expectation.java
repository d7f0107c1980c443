package dev.runbook.language;

import java.util.List;

/**
 * What a row has to look like: every column must match.
 *
 * @param columns in the order written; empty expects nothing
 */
public record Expectation(List<Column> columns) {
    /** Expects nothing. */
    public static final Expectation NONE = new Expectation(List.of());

    /**
     * One column.
     *
     * @param name the column
     * @param matcher what it has to be
     */
    public record Column(Name name, Matcher matcher) {}

    /** Copies the columns. */
    public Expectation {
        columns = List.copyOf(columns);
    }

    /** Whether nothing is expected. */
    public boolean isEmpty() {
        return columns.isEmpty();
    }
}
