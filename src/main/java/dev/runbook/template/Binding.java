package dev.runbook.template;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
