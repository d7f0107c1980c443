package dev.runbook.rehearsal.shell;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An object that a cmdlet writes.
 *
 * @param properties by name, in order: null, a boolean, a text, an integer ({@link Long}), a decimal
 *     ({@link java.math.BigDecimal}), a moment ({@link java.time.OffsetDateTime}), a list, a map (a hash table), an object
 */
public record ShellObject(Map<String, Object> properties) {
    /** Copies the properties, keeping their order. */
    public ShellObject {
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }

    /** Without properties. */
    public static ShellObject empty() {
        return new ShellObject(Map.of());
    }

    /** With one property more. */
    public ShellObject and(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(properties);
        more.put(name, value);
        return new ShellObject(more);
    }

    @Override
    public String toString() {
        return "@" + properties;
    }
}
