package dev.runbook.language;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published schema: what editors show while somebody writes a runbook. */
class SchemaTest {
    private static final Set<String> KEYWORDS = Set.of(
            "$schema",
            "$id",
            "$ref",
            "$comment",
            "title",
            "description",
            "definitions",
            "type",
            "enum",
            "const",
            "pattern",
            "properties",
            "additionalProperties",
            "propertyNames",
            "required",
            "items",
            "minItems",
            "minimum",
            "maximum",
            "minProperties",
            "maxProperties",
            "allOf",
            "anyOf",
            "oneOf",
            "not",
            "if",
            "then",
            "else",
            "examples",
            // what editors know beyond the standard
            "markdownDescription",
            "enumDescriptions",
            "defaultSnippets",
            "errorMessage",
            "doNotSuggest");

    private final JsonNode schema = SchemaTree.bundled();

    @Test
    void isValidAgainstTheMetaschema() {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);
        assertThat(registry.getSchema(SchemaLocation.of("http://json-schema.org/draft-07/schema#"))
                        .validate(schema))
                .isEmpty();
    }

    @Test
    void theMetaschemaWouldFindAMistake() throws IOException {
        JsonNode wrong = JsonMapper.builder().build().readTree("{\"required\": \"x\"}");
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);
        assertThat(registry.getSchema(SchemaLocation.of("http://json-schema.org/draft-07/schema#"))
                        .validate(wrong))
                .isNotEmpty();
    }

    @Test
    void usesNoKeywordThatThereIsNot() {
        List<String> unknown = new ArrayList<>();
        SchemaTree.every(
                schema,
                "#",
                (path, node) -> node.propertyNames().stream()
                        .filter(name -> !KEYWORDS.contains(name))
                        .forEach(name -> unknown.add(path + "/" + name)));
        assertThat(unknown).isEmpty();
    }

    @Test
    void everyObjectIsClosed() {
        List<String> open = new ArrayList<>();
        SchemaTree.every(schema, "#", (path, node) -> {
            boolean branch = path.matches(".*/(if|not|(oneOf|anyOf)/\\d+)")
                    || path.endsWith("/then") && !node.has("additionalProperties");
            boolean narrows = path.contains("/variable/allOf/") || path.matches(".*/(if|then)/.*");
            if ((node.has("properties") || "object".equals(node.path("type").asString("")))
                    && !branch
                    && !narrows
                    && !node.has("additionalProperties")) {
                open.add(path);
            }
        });
        assertThat(open).isEmpty();
    }

    @Test
    void everyKeyIsDescribed() {
        List<String> mute = new ArrayList<>();
        List<String> described = new ArrayList<>();
        SchemaTree.every(
                schema,
                "#",
                (path, node) -> node.path("properties").propertyStream().forEach(property -> {
                    boolean namesOnly = property.getValue().isBoolean() || path.matches(".*/(if|then).*");
                    if (!namesOnly) {
                        String description =
                                property.getValue().path("description").asString("");
                        (description.length() > 10 && description.matches("(?s).*[.0-9}\\])'A-Za-z]")
                                        ? described
                                        : mute)
                                .add(path + "/" + property.getKey());
                    }
                }));
        assertThat(mute).isEmpty();
        assertThat(described).hasSizeGreaterThan(60);
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> lost = new ArrayList<>();
        SchemaTree.every(schema, "#", (path, node) -> {
            String target = node.path("$ref").asString("#/definitions/text");
            if (schema.at(target.substring(1)).isMissingNode()) {
                lost.add(path + " -> " + target);
            }
        });
        assertThat(lost).isEmpty();
    }

    @Test
    void aBranchNamesOnlyKeysThatItsObjectHas() {
        List<String> strangers = new ArrayList<>();
        SchemaTree.every(schema, "#", (path, node) -> {
            for (JsonNode branch : node.path("allOf")) {
                branch.path("then").path("properties").propertyNames().stream()
                        .filter(name -> !node.path("properties").has(name))
                        .forEach(name -> strangers.add(path + ": " + name));
            }
        });
        assertThat(strangers).isEmpty();
    }

    @Test
    void liesOnTheClassPath() throws IOException {
        try (var stream = SchemaTest.class.getResourceAsStream("/schema/runbook.schema.json")) {
            assertThat(stream).isNotNull();
            assertThat(stream.readAllBytes()).isEqualTo(Files.readAllBytes(Path.of("schema/runbook.schema.json")));
        }
    }
}
