package dev.runbook.event;

import dev.runbook.base.Harmless;
import dev.runbook.base.Row;
import dev.runbook.base.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The answer to a fact.
 *
 * @param truth one of three
 * @param rows what was found; in a journal at most {@value #MOST_ROWS}
 * @param count how many rows there were
 * @param mismatches of a fact that is not true: each column that was not as expected
 * @param trouble of a fact that cannot be asked: why
 * @param decidedBy of a fact that does not hold: the fact that decided it, which is this one or one that it goes over; the facts that
 *     that one goes over hold. Empty in journals of earlier versions, and where the fact is true
 */
public record Finding(
        Truth truth,
        List<Row> rows,
        int count,
        List<Mismatch> mismatches,
        Optional<Trouble> trouble,
        Optional<String> decidedBy) {
    /** More rows than these are counted, not written down. */
    public static final int MOST_ROWS = 200;

    /** Rows with more columns than these are narrowed to those that somebody looks at. */
    private static final int WIDE = 12;

    /** The three answers. */
    public enum Truth {
        /** At least one row, and every row as expected. */
        TRUE,
        /** No row, or one that is not as expected. */
        NOT_TRUE,
        /** Nobody knows. */
        CANNOT_BE_ASKED
    }

    /**
     * A column that was not as expected.
     *
     * @param column its name
     * @param found its value as people read it
     * @param wanted what was expected, as people read it
     */
    public record Mismatch(String column, String found, String wanted) {
        /** What comes from outside is made harmless. */
        public Mismatch {
            column = Harmless.line(column);
            found = Harmless.line(found);
            wanted = Harmless.line(wanted);
        }
    }

    /** Copies the lists. */
    public Finding {
        rows = List.copyOf(rows);
        mismatches = List.copyOf(mismatches);
        decidedBy = decidedBy == null ? Optional.empty() : decidedBy;
    }

    /** This finding, which was decided by that fact unless a fact that it goes over decided it. */
    public Finding unlessDecided(String fact) {
        return truth == Truth.TRUE || decidedBy.isPresent()
                ? this
                : new Finding(truth, rows, count, mismatches, trouble, Optional.of(fact));
    }

    /** As it is written down: with the first rows, and the number of all. */
    public Finding shortened() {
        List<Row> first = rows.subList(0, Math.min(rows.size(), MOST_ROWS));
        return new Finding(truth, first, count, mismatches, trouble, decidedBy);
    }

    /** The same finding, of wide rows those columns alone. */
    public Finding narrowed(Predicate<String> columns) {
        List<Row> narrow = rows.stream().map(row -> narrowed(row, columns)).toList();
        return new Finding(truth, narrow, count, mismatches, trouble, decidedBy);
    }

    /** The same finding, of each row those columns first. */
    public Finding led(Predicate<String> columns) {
        List<Row> led = rows.stream().map(row -> led(row, columns)).toList();
        return new Finding(truth, led, count, mismatches, trouble, decidedBy);
    }

    private static Row led(Row row, Predicate<String> columns) {
        Map<String, Value> led = new LinkedHashMap<>(row.columns());
        led.keySet().removeIf(columns.negate());
        row.columns().forEach(led::putIfAbsent);
        return new Row(led);
    }

    private static Row narrowed(Row row, Predicate<String> columns) {
        if (row.names().size() <= WIDE) {
            return row;
        }
        Map<String, Value> kept = new LinkedHashMap<>(row.columns());
        kept.keySet().removeIf(columns.negate());
        return new Row(kept);
    }

    /** True, with these rows. */
    public static Finding found(List<Row> rows) {
        return new Finding(Truth.TRUE, rows, rows.size(), List.of(), Optional.empty(), Optional.empty());
    }

    /** Not true: these rows, not as expected in these columns; no rows at all where both are empty. */
    public static Finding notTrue(List<Row> rows, List<Mismatch> mismatches) {
        return new Finding(Truth.NOT_TRUE, rows, rows.size(), mismatches, Optional.empty(), Optional.empty());
    }

    /** Nobody knows, because of this. */
    public static Finding cannotBeAsked(Trouble trouble) {
        return new Finding(Truth.CANNOT_BE_ASKED, List.of(), 0, List.of(), Optional.of(trouble), Optional.empty());
    }
}
