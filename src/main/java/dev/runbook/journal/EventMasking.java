package dev.runbook.journal;

import dev.runbook.event.RunEvent;
import dev.runbook.value.Masking;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Hides secrets in every text of an event: a server's message or a note may hold one that nobody meant to be there. */
public final class EventMasking {
    private final EventCodec codec = new EventCodec();

    /** The event with dots for every secret in it; the very same where there is none. */
    public RunEvent mask(RunEvent event, Masking masking) {
        JsonNode tree = codec.tree(event);
        JsonNode masked = mask(tree, masking);
        return masked.equals(tree) ? event : codec.read(masked);
    }

    private static JsonNode mask(JsonNode node, Masking masking) {
        if (node instanceof StringNode text) {
            return StringNode.valueOf(masking.mask(text.stringValue()));
        }
        if (node instanceof ObjectNode object) {
            ObjectNode masked = object.objectNode();
            object.properties().forEach(entry -> masked.set(entry.getKey(), mask(entry.getValue(), masking)));
            return masked;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode masked = array.arrayNode();
            array.forEach(item -> masked.add(mask(item, masking)));
            return masked;
        }
        return node;
    }
}
