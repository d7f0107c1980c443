package dev.runbook.language;

import dev.runbook.yaml.MappingNode;
import dev.runbook.yaml.Node;
import dev.runbook.yaml.ScalarNode;
import dev.runbook.yaml.SequenceNode;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A document as an editor sees it: plain scalars have the types that YAML 1.2 gives them. For the schema alone, so that an
 * editor and we say the same; values are read from the text.
 */
final class JsonTree {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d{1,40}(\\.\\d{0,40})?");

    private JsonTree() {}

    static JsonNode of(Node node) {
        if (node instanceof MappingNode mapping) {
            ObjectNode object = NODES.objectNode();
            mapping.entries().forEach(entry -> object.set(entry.key().value(), of(entry.value())));
            return object;
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = NODES.arrayNode();
            sequence.items().forEach(item -> array.add(of(item)));
            return array;
        }
        return scalar((ScalarNode) node);
    }

    private static JsonNode scalar(ScalarNode scalar) {
        if (scalar.isPlain("true") || scalar.isPlain("false")) {
            return NODES.booleanNode(scalar.value().equals("true"));
        }
        if (scalar.isPlain("null")) {
            return NODES.nullNode();
        }
        boolean number = scalar.style() == ScalarNode.Style.PLAIN
                && NUMBER.matcher(scalar.value()).matches();
        return number ? number(scalar.value()) : NODES.stringNode(scalar.value());
    }

    private static JsonNode number(String text) {
        BigDecimal number = new BigDecimal(text);
        return text.contains(".") ? NODES.numberNode(number) : NODES.numberNode(number.toBigInteger());
    }
}
