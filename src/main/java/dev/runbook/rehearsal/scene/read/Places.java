package dev.runbook.rehearsal.scene.read;

import dev.runbook.yaml.MappingNode;
import dev.runbook.yaml.Node;
import dev.runbook.yaml.ScalarNode;
import dev.runbook.yaml.SequenceNode;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds where in a tree a value was written. */
final class Places {
    private Places() {}

    /** The first scalar with that text; keys do not count. */
    static Optional<Node> of(String value, Node tree) {
        return scalars(tree)
                .filter(scalar -> scalar.value().equals(value))
                .map(Node.class::cast)
                .findFirst();
    }

    private static Stream<ScalarNode> scalars(Node node) {
        if (node instanceof ScalarNode scalar) {
            return Stream.of(scalar);
        }
        if (node instanceof SequenceNode list) {
            return list.items().stream().flatMap(Places::scalars);
        }
        return ((MappingNode) node).entries().stream().flatMap(entry -> scalars(entry.value()));
    }
}
