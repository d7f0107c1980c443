package dev.runbook.load;

import dev.runbook.diagnostic.Origin;
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
 */
record Place(Node node, Optional<ScalarNode> key) {
    /** The value that keys and indexes lead to. */
    static Place of(Node root, List<Object> path) {
        Node node = root;
        Optional<ScalarNode> key = Optional.empty();
        for (Object element : path) {
            if (node instanceof SequenceNode sequence) {
                node = sequence.items().get(Integer.parseInt(element.toString()));
            } else if (node instanceof MappingNode mapping) {
                MappingNode.Entry entry = mapping.entry(element.toString()).orElseThrow();
                node = entry.value();
                key = Optional.of(entry.key());
            }
        }
        return new Place(node, key);
    }

    /** How messages call it: its key in quotes. */
    String name() {
        return key.map(scalar -> "\"" + scalar.value() + "\"").orElse("The document");
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

    boolean has(String property) {
        return node instanceof MappingNode mapping && mapping.entry(property).isPresent();
    }
}
