package dev.runbook.language;

import dev.runbook.base.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value as written in {@code parameters}, {@code where}, {@code expect}, {@code default} or {@code example}. */
public sealed interface Written {
    /** An unquoted {@code true}, {@code false} or {@code null}. */
    record Literal(Value value) implements Written {}

    /** Anything else that is one scalar: a text, perhaps with tags. */
    record Scalar(Text text) implements Written {}

    /** A list. */
    record Items(List<Written> values) implements Written {
        /** Copies the list. */
        public Items {
            values = List.copyOf(values);
        }
    }

    /**
     * A map.
     *
     * @param values by key, in the order written
     * @param keys each key with its place; empty where nobody wrote any
     */
    record Fields(Map<String, Written> values, List<Name> keys) implements Written {
        /** No keys at all. */
        public static final Fields NONE = new Fields(Map.of(), List.of());

        /** Copies the map, keeping its order. */
        public Fields {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
            keys = List.copyOf(keys);
        }
    }
}
