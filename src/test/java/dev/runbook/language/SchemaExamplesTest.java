package dev.runbook.language;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.runbook.base.Source;
import dev.runbook.editor.Snippet;
import dev.runbook.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What editors show and insert besides descriptions: held against the schema that it belongs to. */
class SchemaExamplesTest {
    private static final JsonNode SCHEMA = SchemaTree.bundled();
    /** Keywords of what editors show. */
    private static final Set<String> SHOWN =
            Set.of("title", "description", "examples", "enum", "markdownDescription", "defaultSnippets");

    private static final Set<String> KEYS = keys().map(Place::key).collect(Collectors.toUnmodifiableSet());
    private static final Pattern FENCED = Pattern.compile("(?s)(.*)\n\n```yaml\n(.*)\n```");

    @ParameterizedTest
    @MethodSource("keys")
    void everyKeyHasAnExample(Place key) {
        boolean fenced = FENCED.matcher(key.schema().path("markdownDescription").asString(""))
                .matches();
        assertThat(fenced || !key.schema().path("examples").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("places")
    void everyExampleIsValidWhereItStands(Place place) {
        place.schema()
                .path("examples")
                .forEach(example -> assertThat(place.errors(example)).isEmpty());
        var fenced = FENCED.matcher(place.schema().path("markdownDescription").asString(""));
        if (fenced.matches()) {
            assertThat(fenced.group(1))
                    .isEqualTo(place.schema().path("description").asString());
            Stream.of(fenced.group(2).split("\n# or\n"))
                    .flatMap(text -> yaml(text).propertyStream())
                    .forEach(entry -> {
                        assertThat(place.isKey() ? place.key() : entry.getKey()).isEqualTo(entry.getKey());
                        assertThat(place.errors(entry.getValue())).isEmpty();
                    });
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void everySnippetIsValidWhereItIsInserted(Place place) {
        place.schema().path("defaultSnippets").forEach(snippet -> {
            JsonNode body = inserted(snippet.path("body"));
            boolean item = place.schema().path("type").asString("").equals("array") && body.isObject();
            assertThat(place.errors(item ? list(body) : body))
                    .as(snippet.path("label").asString())
                    .isEmpty();
            assertThat(snippet.path("description").asString("")).isNotEmpty();
            // the server mixes a snippet with the name of a key up with the key
            assertThat(KEYS).doesNotContain(snippet.path("label").asString());
        });
    }

    @ParameterizedTest
    @MethodSource("places")
    void aMessageOfTheEditorSaysWhatIsWanted(Place place) {
        String title = place.schema().path("title").asString("");
        boolean leaf = !place.schema().has("properties")
                && !place.schema().path("type").asString("").equals("object")
                && (place.schema().has("type") || place.schema().has("pattern"));
        if (leaf && !title.isEmpty()) {
            assertThat(place.schema().path("errorMessage").asString("")).isEqualTo("This must be " + title + ".");
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void everyChoiceIsDescribed(Place place) {
        assertThat(place.schema().path("enumDescriptions"))
                .hasSameSizeAs(place.schema().path("enum"));
    }

    static List<Place> places() {
        List<Place> places = new ArrayList<>();
        SchemaTree.every(SCHEMA, "#", (path, schema) -> places.add(new Place(path, schema)));
        places.removeIf(place -> place.schema().propertyNames().stream().noneMatch(SHOWN::contains));
        return places;
    }

    static Stream<Place> keys() {
        return places().stream().filter(Place::isKey);
    }

    /** What stands in the file when somebody takes a snippet and accepts what it proposes. */
    private static JsonNode inserted(JsonNode body) {
        if (body.isString()) {
            String text = Snippet.accepted(body.asString());
            return text.startsWith("^")
                    ? yaml("x: " + text.substring(1)).path("x")
                    : yaml("x: " + (text.isEmpty() ? "x" : text)).path("x");
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        body.propertyStream()
                .map(entry -> Map.entry(Snippet.accepted(entry.getKey()), inserted(entry.getValue())))
                .forEach(entry -> object.set(entry.getKey(), entry.getValue()));
        return object;
    }

    private static JsonNode list(JsonNode item) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        return list.add(item);
    }

    private static JsonNode yaml(String text) {
        var tree = YamlReader.read(Source.of("example", text + "\n"));
        assertThat(tree.diagnostics()).isEmpty();
        return SchemaCheck.JsonTree.of(tree.value().orElseThrow());
    }

    /** A schema within the schema. */
    private record Place(String path, JsonNode schema) {
        boolean isKey() {
            return path.matches(".*/properties/[^/]+") && schema.has("description");
        }

        String key() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        List<Error> errors(JsonNode value) {
            ObjectNode alone = JsonMapper.shared().createObjectNode();
            alone.set("definitions", SCHEMA.path("definitions"));
            alone.set("allOf", list(schema));
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(alone)
                    .validate(value);
        }

        @Override
        public String toString() {
            return path;
        }
    }
}
