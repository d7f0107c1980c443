package dev.runbook.suppression;

import dev.runbook.diagnostic.Origin;
import dev.runbook.yaml.MappingNode;
import dev.runbook.yaml.Node;
import dev.runbook.yaml.ScalarNode;
import dev.runbook.yaml.SequenceNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines that a piece of a document takes, from its first to its last.
 *
 * @param node the piece; of an entry of a map, its key
 * @param first line
 * @param last line
 * @param entry whether a comment can stand above it: an entry of a map, an item of a list, the document
 */
record Extent(Node node, int first, int last, boolean entry) {
    /** All pieces of a document: the whole before its parts. */
    static List<Extent> of(Node root) {
        List<Extent> all = new ArrayList<>();
        add(root, true, all);
        return all;
    }

    private static int add(Node node, boolean entry, List<Extent> all) {
        int index = all.size();
        int first = node.origin().position().line();
        all.add(new Extent(node, first, first, entry));
        int last = ownLast(node);
        if (node instanceof MappingNode mapping) {
            for (MappingNode.Entry child : mapping.entries()) {
                last = Math.max(last, entry(child, all));
            }
        } else if (node instanceof SequenceNode sequence) {
            for (Node item : sequence.items()) {
                last = Math.max(last, add(item, true, all));
            }
        }
        all.set(index, new Extent(node, first, last, entry));
        return last;
    }

    private static int entry(MappingNode.Entry entry, List<Extent> all) {
        int index = all.size();
        int first = entry.key().origin().position().line();
        all.add(new Extent(entry.key(), first, first, true));
        int last = Math.max(ownLast(entry.key()), add(entry.value(), false, all));
        all.set(index, new Extent(entry.key(), first, last, true));
        return last;
    }

    /**
     * The last line of a text, or of the brackets of a list or map. The span of a block scalar is its header alone; its characters
     * know where they stand.
     */
    static int ownLast(Node node) {
        Origin origin = node.origin();
        int last = origin.span().end().line();
        if (node instanceof ScalarNode && !origin.runs().isEmpty()) {
            last = Math.max(
                    last, origin.runs().get(origin.runs().size() - 1).position().line());
        }
        return last;
    }
}
