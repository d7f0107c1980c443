package dev.runbook.language;

import java.nio.file.Path;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Walks through the published schema. */
final class SchemaTree {
    /** Keywords whose keys are names of the author's or ours, not keywords. */
    private static final Set<String> NAMED = Set.of("properties", "definitions");
    /** Keywords that hold values, not schemas. */
    private static final Set<String> VALUES = Set.of("examples", "defaultSnippets");

    private SchemaTree() {}

    /** Sees one schema after the other. */
    interface Visitor {
        void visit(String path, JsonNode schema);
    }

    static JsonNode bundled() {
        return JsonMapper.builder()
                .build()
                .readTree(Path.of("schema/runbook.schema.json").toFile());
    }

    /** Shows a schema and all that it holds; a path begins with the one that is given. */
    static void every(JsonNode node, String path, Visitor visitor) {
        if (node.isObject()) {
            visitor.visit(path, node);
            node.propertyStream().forEach(property -> {
                String below = path + "/" + property.getKey();
                if (NAMED.contains(property.getKey())) {
                    property.getValue()
                            .propertyStream()
                            .forEach(named -> every(named.getValue(), below + "/" + named.getKey(), visitor));
                } else if (!VALUES.contains(property.getKey())) {
                    every(property.getValue(), below, visitor);
                }
            });
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                every(node.get(i), path + "/" + i, visitor);
            }
        }
    }
}
