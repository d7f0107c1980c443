package dev.runbook.language;

import dev.runbook.base.Origin;
import dev.runbook.yaml.Node;
import java.util.List;
import java.util.Optional;

/**
 * A value of a document and the key under which it stands.
 *
 * @param node the value
 * @param key its key, or the key of the list that holds it; empty for the document itself
 * @param item whether it is an item of a list
 */
record Place(Node node, Optional<Node.Scalar> key, boolean item) {
    /** The value that keys and indexes lead to. */
    static Place of(Node root, List<Object> path) {
        Node node = root;
        Optional<Node.Scalar> key = Optional.empty();
        boolean item = false;
        for (Object element : path) {
            item = node instanceof Node.Sequence;
            if (node instanceof Node.Sequence sequence) {
                node = sequence.items().get(Integer.parseInt(element.toString()));
            } else if (node instanceof Node.Mapping mapping) {
                Node.Mapping.Entry entry = mapping.entry(element.toString()).orElseThrow();
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
        return node instanceof Node.Mapping mapping
                ? mapping.entry(property).map(entry -> entry.key().origin()).orElse(origin())
                : origin();
    }

    /** Whether nothing stands under that key. */
    boolean isEmpty(String property) {
        return node instanceof Node.Mapping mapping
                && mapping.get(property).filter(Node::isEmpty).isPresent();
    }

    boolean has(String property) {
        return node instanceof Node.Mapping mapping && mapping.entry(property).isPresent();
    }
}
