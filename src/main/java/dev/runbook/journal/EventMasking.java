package dev.runbook.journal;

import dev.runbook.base.Harmless;
import dev.runbook.base.Masking;
import dev.runbook.event.RunEvent;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Hides secrets in every text of an event: a server's message, a note or the name of a column may hold one that nobody meant to be
 * there. What a run is found and decided by is no text: names of events, ids of steps, names of facts and variables, words that
 * stand for a choice. A password that happens to be one of them stays a word there, and tells nobody that it is the password.
 *
 * <p>Signs that do something on a screen are made harmless in texts; rows keep them, for they are acted on.
 */
public final class EventMasking {
    /** Components that are no texts, wherever they stand. */
    static final Set<String> STRUCTURE = Set.of(
            "event",
            "step",
            "steps",
            "name",
            "file",
            "reopened",
            "gate",
            "phase",
            "fact",
            "decidedBy",
            "truth",
            "decision",
            "ending",
            "kind",
            "run",
            "stamp",
            "runbook",
            "digest",
            "scene",
            "variable",
            "hash",
            "made",
            "user",
            "host",
            "version",
            "place",
            "kept",
            "id",
            "key",
            "word",
            "argument");

    /** Maps whose keys are names of the runbook, and whose values are texts. */
    static final Set<String> NAMED_TEXTS = Set.of("variables");

    /** Rows: keys and values come from outside. */
    static final Set<String> ROWS = Set.of("rows", "files");

    /** Numbers of errors and the ids of ours; what a shell calls an error may be any text. */
    private static final Pattern PLAIN_CODE = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private final EventCodec codec = new EventCodec();

    /** The event with dots for every secret in it; the very same where there is none. */
    public RunEvent mask(RunEvent event, Masking masking) {
        JsonNode tree = codec.tree(event);
        JsonNode masked = record((ObjectNode) tree, masking);
        return masked.equals(tree) ? event : codec.read(masked);
    }

    private static ObjectNode record(ObjectNode object, Masking masking) {
        ObjectNode masked = object.objectNode();
        object.properties()
                .forEach(entry -> masked.set(entry.getKey(), component(entry.getKey(), entry.getValue(), masking)));
        return masked;
    }

    private static JsonNode component(String name, JsonNode node, Masking masking) {
        if (STRUCTURE.contains(name)) {
            return node;
        }
        if (name.equals("code")
                && node instanceof StringNode code
                && PLAIN_CODE.matcher(code.stringValue()).matches()) {
            return node;
        }
        if (ROWS.contains(name)) {
            return outside(node, masking, true);
        }
        if (NAMED_TEXTS.contains(name)) {
            return outside(node, masking, false);
        }
        return text(node, masking);
    }

    private static JsonNode text(JsonNode node, Masking masking) {
        if (node instanceof StringNode text) {
            return StringNode.valueOf(Harmless.lines(masking.mask(text.stringValue())));
        }
        if (node instanceof ObjectNode object) {
            return record(object, masking);
        }
        if (node instanceof ArrayNode array) {
            ArrayNode masked = array.arrayNode();
            array.forEach(item -> masked.add(text(item, masking)));
            return masked;
        }
        return node;
    }

    private static JsonNode outside(JsonNode node, Masking masking, boolean keys) {
        if (node instanceof ObjectNode object) {
            ObjectNode masked = object.objectNode();
            object.properties()
                    .forEach(entry -> masked.set(
                            keys ? masking.mask(entry.getKey()) : entry.getKey(),
                            outside(entry.getValue(), masking, keys)));
            return masked;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode masked = array.arrayNode();
            array.forEach(item -> masked.add(outside(item, masking, keys)));
            return masked;
        }
        return node instanceof StringNode text ? StringNode.valueOf(masking.mask(text.stringValue())) : node;
    }

    /**
     * The tree of an event that somebody else may have written, with nothing in its words and texts that does something on a screen.
     * Rows are left as they are, since they are acted on; whoever shows them makes them harmless.
     */
    static JsonNode harmless(JsonNode node) {
        if (node instanceof StringNode text) {
            String harmless = Harmless.lines(text.stringValue());
            return harmless.equals(text.stringValue()) ? node : StringNode.valueOf(harmless);
        }
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> {
                if (!ROWS.contains(entry.getKey())) {
                    entry.setValue(harmless(entry.getValue()));
                }
            });
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, harmless(array.get(i)));
            }
        }
        return node;
    }
}
