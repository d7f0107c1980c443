package dev.runbook.language;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.runbook.base.Diagnostic;
import dev.runbook.yaml.Node;
import dev.runbook.yaml.Unread;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Holds a document against the published schema, and says what is wrong in the words of the language. */
final class SchemaCheck {
    private final JsonNode schema;
    private final Schema validator;

    private SchemaCheck(JsonNode schema, Schema validator) {
        this.schema = schema;
        this.validator = validator;
    }

    /** A schema that lies on the class path. */
    static SchemaCheck of(String resource) {
        JsonNode schema = read(resource);
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_7,
                builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                        // without it the validator speaks the language of whoever runs it
                        .locale(Locale.ENGLISH)
                        .build()));
        return new SchemaCheck(schema, registry.getSchema(schema));
    }

    private static JsonNode read(String resource) {
        try (InputStream stream = SchemaCheck.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            return JsonMapper.builder().build().readTree(stream);
        } catch (IOException failure) {
            throw new UncheckedIOException(resource, failure);
        }
    }

    /** Everything in a document that breaks the schema; a key that may be in a part that could not be read is not missing. */
    List<Diagnostic> check(Node root, Unread unread) {
        Map<List<Object>, List<SchemaMessages.Violation>> byPlace = new LinkedHashMap<>();
        validator.validate(JsonTree.of(root)).stream()
                .map(error -> SchemaMessages.Violation.of(error, schema))
                .filter(violation -> !violation.isForEditors())
                .filter(violation -> !(violation.isOfDocument() && isUnread(violation, unread)))
                .forEach(violation -> byPlace.computeIfAbsent(violation.path(), path -> new ArrayList<>())
                        .add(violation));
        List<Diagnostic> findings = new ArrayList<>();
        byPlace.forEach((path, violations) ->
                findings.addAll(new SchemaMessages(SchemaMessages.Place.of(root, path), violations).diagnostics()));
        return findings;
    }

    private static boolean isUnread(SchemaMessages.Violation violation, Unread unread) {
        return violation.is("required")
                && violation.property().filter(unread::mayHoldKey).isPresent();
    }

    /**
     * A document as an editor sees it: plain scalars have the types that YAML 1.2 gives them. For the schema alone, so that an
     * editor and we say the same; values are read from the text.
     */
    static final class JsonTree {
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
}
