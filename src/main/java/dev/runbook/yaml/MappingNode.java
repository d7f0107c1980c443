package dev.runbook.yaml;

import dev.runbook.base.Origin;
import java.util.List;
import java.util.Optional;

/**
 * A map.
 *
 * @param origin where it stands
 * @param entries in the order written; no two keys are the same
 */
public record MappingNode(Origin origin, List<Entry> entries) implements Node {
    /**
     * A key and what stands under it.
     *
     * @param key the key
     * @param value its value
     */
    public record Entry(ScalarNode key, Node value) {}

    /** Copies the entries. */
    public MappingNode {
        entries = List.copyOf(entries);
    }

    /** The entry of a key, if there is one. */
    public Optional<Entry> entry(String key) {
        return entries.stream().filter(entry -> entry.key().value().equals(key)).findFirst();
    }

    /** The value of a key, if there is one. */
    public Optional<Node> get(String key) {
        return entry(key).map(Entry::value);
    }

    @Override
    public String kind() {
        return "a map";
    }
}
