package dev.runbook.language;

import dev.runbook.base.Origin;
import dev.runbook.yaml.MappingNode;
import dev.runbook.yaml.Node;
import dev.runbook.yaml.ScalarNode;
import dev.runbook.yaml.SequenceNode;
import java.util.List;
import java.util.Optional;

/**
 * A value of a document and the key under which it stands.
 *
 * @param node the value
 * @param key its key, or the key of the list that holds it; empty for the document itself
 * @param item whether it is an item of a list
 */
record Place(Node node, Optional<ScalarNode> key, boolean item) {
    /** The value that keys and indexes lead to. */
    static Place of(Node root, List<Object> path) {
        Node node = root;
        Optional<ScalarNode> key = Optional.empty();
        boolean item = false;
        for (Object element : path) {
            item = node instanceof SequenceNode;
            if (node instanceof SequenceNode sequence) {
                node = sequence.items().get(Integer.parseInt(element.toString()));
            } else if (node instanceof MappingNode mapping) {
                MappingNode.Entry entry = mapping.entry(element.toString()).orElseThrow();
                node = entry.value();
                key = Optional.of(entry.key());
            }
        }
        return new Place(node, key, item);
    }

    /** How messages call it: its key in quotes. */
    String name() {
        String quoted = key.map(scalar -> "\"" + scalar.value() + "\"").orElse("The document");
        return item ? "Each item of " + quoted : quoted;
    }

    Origin origin() {
        return node.origin();
    }

    /** The place of a key of this map, or of the map itself where it has no such key. */
    Origin origin(String property) {
        return node instanceof MappingNode mapping
                ? mapping.entry(property).map(entry -> entry.key().origin()).orElse(origin())
                : origin();
    }

    /** Whether nothing stands under that key. */
    boolean isEmpty(String property) {
        return node instanceof MappingNode mapping
                && mapping.get(property).filter(Node::isEmpty).isPresent();
    }

    boolean has(String property) {
        return node instanceof MappingNode mapping && mapping.entry(property).isPresent();
    }
}
