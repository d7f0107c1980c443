package dev.runbook.yaml;

import dev.runbook.base.Origin;
import java.util.List;

/**
 * A list.
 *
 * @param origin where it stands
 * @param items in the order written
 */
public record SequenceNode(Origin origin, List<Node> items) implements Node {
    /** Copies the items. */
    public SequenceNode {
        items = List.copyOf(items);
    }

    @Override
    public String kind() {
        return "a list";
    }
}
