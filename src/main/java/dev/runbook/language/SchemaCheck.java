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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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
        Map<List<Object>, List<Violation>> byPlace = new LinkedHashMap<>();
        validator.validate(JsonTree.of(root)).stream()
                .map(error -> Violation.of(error, schema))
                .filter(violation -> !(violation.isOfDocument() && isUnread(violation, unread)))
                .forEach(violation -> byPlace.computeIfAbsent(violation.path(), path -> new ArrayList<>())
                        .add(violation));
        List<Diagnostic> findings = new ArrayList<>();
        byPlace.forEach((path, violations) ->
                findings.addAll(new PlaceMessages(Place.of(root, path), violations).diagnostics()));
        return findings;
    }

    private static boolean isUnread(Violation violation, Unread unread) {
        return violation.is("required")
                && violation.property().filter(unread::mayHoldKey).isPresent();
    }
}
