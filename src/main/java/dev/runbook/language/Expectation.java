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

    /** What a column has to be. */
    public sealed interface Matcher {
        /** The same: text without regard to case, numbers by value, GUIDs and bits alike, null. */
        record Equal(Written value) implements Matcher {}

        /** The same set, whatever the order. Null and the empty list are one. */
        record SameSet(List<Written> values) implements Matcher {
            /** Copies the list. */
            public SameSet {
                values = List.copyOf(values);
            }
        }

        /** A text with {@code *} for any characters and {@code ?} for one; only those that the author wrote count. */
        record Like(Text pattern) implements Matcher {}

        /**
         * One of several.
         *
         * @param values a list, or one whole tag of a list
         */
        record OneOf(Written values) implements Matcher {}

        /** Not so. Holds for null unless null itself is refused. */
        record Not(Matcher matcher) implements Matcher {}

        /** This number or more. */
        record AtLeast(Written bound) implements Matcher {}

        /** This number or less. */
        record AtMost(Written bound) implements Matcher {}
    }
}
