package dev.runbook.language;

import dev.runbook.yaml.Node;
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
        if (node instanceof Node.Mapping mapping) {
            ObjectNode object = NODES.objectNode();
            mapping.entries().forEach(entry -> object.set(entry.key().value(), of(entry.value())));
            return object;
        }
        if (node instanceof Node.Sequence sequence) {
            ArrayNode array = NODES.arrayNode();
            sequence.items().forEach(item -> array.add(of(item)));
            return array;
        }
        return scalar((Node.Scalar) node);
    }

    private static JsonNode scalar(Node.Scalar scalar) {
        if (scalar.isPlain("true") || scalar.isPlain("false")) {
            return NODES.booleanNode(scalar.value().equals("true"));
        }
        if (scalar.isPlain("null")) {
            return NODES.nullNode();
        }
        boolean number = scalar.style() == Node.Scalar.Style.PLAIN
                && NUMBER.matcher(scalar.value()).matches();
        return number ? number(scalar.value()) : NODES.stringNode(scalar.value());
    }

    private static JsonNode number(String text) {
        BigDecimal number = new BigDecimal(text);
        return text.contains(".") ? NODES.numberNode(number) : NODES.numberNode(number.toBigInteger());
    }
}
