package dev.runbook.language;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One breach of the schema.
 *
 * @param path of the breaching value: keys and indexes from the root
 * @param evaluation the way through the schema that led to the breach
 * @param keyword of the schema that is broken
 * @param property the key that is missing or too many, where the keyword speaks of one
 * @param expected the part of the schema that holds the keyword; its {@code title} says what is wanted
 */
record Violation(List<Object> path, String evaluation, String keyword, Optional<String> property, JsonNode expected) {
    Violation {
        path = List.copyOf(path);
    }

    static Violation of(Error error, JsonNode schema) {
        return new Violation(
                elements(error.getInstanceLocation()),
                error.getEvaluationPath().toString(),
                error.getKeyword(),
                Optional.ofNullable(error.getProperty()),
                holder(error.getSchemaLocation().getFragment(), schema));
    }

    /** Whether the breach is one of a branch that the schema tried because of a key that is there. */
    boolean isOfBranch() {
        return evaluation.contains("/then/" + keyword);
    }

    /** Whether the document itself breaks the schema, not a part of it. */
    boolean isOfDocument() {
        return path.isEmpty();
    }

    boolean is(String name) {
        return keyword.equals(name);
    }

    private static List<Object> elements(NodePath path) {
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < path.getNameCount(); i++) {
            elements.add(path.getElement(i));
        }
        return elements;
    }

    private static JsonNode holder(NodePath keyword, JsonNode schema) {
        JsonNode holder = schema;
        for (int i = 0; i < keyword.getNameCount() - 1; i++) {
            Object element = keyword.getElement(i);
            holder = element instanceof Integer index && holder.isArray()
                    ? holder.path(index)
                    : holder.path(element.toString());
        }
        return holder;
    }
}
