package dev.runbook.report;

import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes JSON that looks the same on every computer. */
public final class JsonText {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private JsonText() {}

    /** An object without keys yet. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** A list without items yet. */
    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /** On one line, which ends in LF. */
    public static String line(JsonNode node) {
        return MAPPER.writeValueAsString(node) + "\n";
    }

    /** Indented; every line ends in LF. */
    public static String pretty(JsonNode node) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        return MAPPER.writer().with(printer).writeValueAsString(node) + "\n";
    }
}
