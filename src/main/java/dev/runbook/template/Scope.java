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

    /** What a name stands for; empty when nobody declared it. */
    public Optional<Binding> get(String name) {
        return Optional.ofNullable(bindings.get(name));
    }
}
