package dev.runbook.template;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The names that tags may use, and what they stand for.
 *
 * @param bindings by name
 */
public record Scope(Map<String, Binding> bindings) {
    /** No names at all. */
    public static final Scope EMPTY = new Scope(Map.of());
    /** The name of the row or item for which something is done. */
    public static final String EACH = "each";
    /** The name under which the run's own facts are found. */
    public static final String RUN = "run";

    /** Copies the map, keeping its order. */
    public Scope {
        bindings = Collections.unmodifiableMap(new LinkedHashMap<>(bindings));
    }

    /** This scope with one name more, or with another meaning of a name. */
    public Scope with(String name, Binding binding) {
        Map<String, Binding> all = new LinkedHashMap<>(bindings);
        all.put(name, binding);
        return new Scope(all);
    }

    /** This scope with {@code {{run.id}}} and {@code {{run.stamp}}}. */
    public Scope withRun(String id, String stamp) {
        Map<String, Optional<Value>> parts = new LinkedHashMap<>();
        parts.put("id", Optional.of(Value.of(id)));
        parts.put("stamp", Optional.of(Value.of(stamp)));
        return with(RUN, new Binding.Parts(Optional.empty(), parts));
    }

    /** This scope with the row for which something is done: {@code {{each.column}}}. */
    public Scope withEach(Row row) {
        return with(EACH, new Binding.Rows(List.of(row)));
    }

    /** This scope with the item for which something is done, perhaps a path of the site: {@code {{each}}}. */
    public Scope withEach(Value item, boolean path) {
        return with(EACH, new Binding.One(item, path));
    }

    /** This scope with the rows that have been remembered so far, by name. */
    public Scope withRows(Map<String, List<Row>> remembered) {
        Map<String, Binding> all = new LinkedHashMap<>(bindings);
        remembered.forEach((name, rows) -> all.put(name, new Binding.Rows(rows)));
        return new Scope(all);
    }

    /** What a name stands for; empty when nobody declared it. */
    public Optional<Binding> get(String name) {
        return Optional.ofNullable(bindings.get(name));
    }

    /** What a name stands for. */
    public sealed interface Binding {
        /**
         * A variable, or the item of a list for which something is done: {@code {{name}}}.
         *
         * @param path whether it is a path of the site, or a list of them: it may choose a folder
         */
        record One(Value value, boolean path) implements Binding {
            /** Something that is no path. */
            public One(Value value) {
                this(value, false);
            }
        }

        /**
         * Something with parts, such as a server: {@code {{name}}} and {@code {{name.part}}}.
         *
         * @param whole what the bare name stands for; empty where it stands for nothing
         * @param parts every part that there can be; empty where this one has none, such as the instance of a default instance
         */
        record Parts(Optional<Value> whole, Map<String, Optional<Value>> parts) implements Binding {
            /** Copies the map, keeping its order. */
            public Parts {
                parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
            }
        }

        /**
         * Remembered rows, or the one row for which something is done: {@code {{name.column}}} needs exactly one,
         * {@code {{#name}}…{{/name}}} repeats for each.
         */
        record Rows(List<Row> rows) implements Binding {
            /** Copies the list. */
            public Rows {
                rows = List.copyOf(rows);
            }
        }

        /** Declared, and without a value: an optional variable that nobody gave. */
        record Absent() implements Binding {}

        /** Declared, and known only when the run gets there: what a plan knows of remembered rows and of {@code each}. */
        record Later() implements Binding {}
    }
}
