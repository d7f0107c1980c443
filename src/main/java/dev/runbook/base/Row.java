package dev.runbook.base;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One thing that was found: a row of a query, an object of a cmdlet, a file of a folder.
 *
 * @param columns values by column, in the order of the source; names are looked up without regard to case
 */
public record Row(Map<String, Value> columns) {
    /** A row without columns. */
    public static final Row EMPTY = new Row(Map.of());

    /** Copies the columns, keeping their order. */
    public Row {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    /** A row of one column. */
    public static Row of(String column, Value value) {
        return new Row(Map.of(column, value));
    }

    /** The value of a column; empty when there is no such column, which is not the same as a null in it. */
    public Optional<Value> get(String column) {
        Value exact = columns.get(column);
        return exact != null
                ? Optional.of(exact)
                : columns.entrySet().stream()
                        .filter(entry -> entry.getKey().equalsIgnoreCase(column))
                        .map(Map.Entry::getValue)
                        .findFirst();
    }

    /** The names of the columns, in the order of the source. */
    public Set<String> names() {
        return columns.keySet();
    }

    /** This row with the columns of another one after its own; of two columns of one name its own wins. */
    public Row with(Row more) {
        Map<String, Value> all = new LinkedHashMap<>(columns);
        more.columns().forEach((name, value) -> {
            if (get(name).isEmpty()) {
                all.put(name, value);
            }
        });
        return new Row(all);
    }
}
