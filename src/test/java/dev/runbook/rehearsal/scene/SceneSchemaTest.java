package dev.runbook.rehearsal.scene;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.runbook.base.Diagnostic;
import dev.runbook.base.Source;
import dev.runbook.yaml.Node;
import dev.runbook.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.json.JsonMapper;

/** The schema that editors use for scenes, against the reader of scenes: neither takes a shape that the other one refuses. */
class SceneSchemaTest {
    static final List<String> SHIPPED = SceneFiles.SHIPPED;

    /** What the reader says of a shape; all else that it refuses is about what the scene means. */
    private static final Pattern SHAPE = Pattern.compile("(?s).*( has no key | needs \"| is a map|A text belongs here"
            + "|\" is a list| is one of | is true or false| is a whole number|A whole number belongs"
            + "| is a duration such| is a time in the past|A list of effects belongs| is Running or Stopped"
            + "|A folder has a plain name).*");

    /** What no shipped scene has. */
    private static final String MORE = """
        faults:
          - {at: RESTORE, server: sqlb, do: error-before, times: 2, number: 3201, message: no}
        answers:
          - {at: SELECT 1, server: sqlb, rows: [{one: 1}]}
        procedures:
          dbo.own: SELECT 1
        variables:
          shell: {shell: SkypeForBusiness, remote: {computer: pc1, user: u, password: p}}
        """;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Schema schema;

    SceneSchemaTest() throws IOException {
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(Files.readString(Path.of("schema/scene.schema.json")));
    }

    @ParameterizedTest
    @FieldSource("SHIPPED")
    void bothTakeAShippedScene(String scene) {
        String text = JSON.writeValueAsString(plain(read(scene)));

        assertThat(schema.validate(text, InputFormat.JSON)).isEmpty();
        assertThat(SceneReader.read(Source.of(scene, text)).diagnostics()).isEmpty();
    }

    @Test
    @SuppressWarnings("unchecked")
    void bothRefuseASceneOfAnotherShape() {
        Map<String, Object> whole = (Map<String, Object>) plain(read("dc1-lost"));
        whole.putAll((Map<String, Object>)
                plain(YamlReader.read(Source.of("more", MORE)).value().orElseThrow()));
        List<String> differences = new ArrayList<>();
        int tried = change(whole, new HashSet<>(), (what, changed) -> {
            String text = JSON.writeValueAsString(whole);
            boolean taken = schema.validate(text, InputFormat.JSON).isEmpty();
            List<Diagnostic> said =
                    SceneReader.read(Source.of("scene.yaml", text)).diagnostics();
            boolean shaped = said.stream()
                    .noneMatch(each -> SHAPE.matcher(each.message()).matches());
            if (taken ? !shaped : said.isEmpty()) {
                differences.add(
                        what + " " + changed + ": the schema " + (taken ? "takes it, " : "refuses it, ") + said);
            }
        });

        assertThat(differences).isEmpty();
        assertThat(tried).isGreaterThan(200);
    }

    private static Node read(String scene) {
        String text = SceneFiles.text(scene).orElseThrow();
        return YamlReader.read(Source.of(scene, text)).value().orElseThrow();
    }

    /**
     * Makes one change after another, and takes each back; how many.
     *
     * @param done the keys of the maps that need no further look
     */
    @SuppressWarnings("unchecked")
    private static int change(Object within, Set<Set<?>> done, BiConsumer<String, Object> seen) {
        int tried = 0;
        if (within instanceof Map<?, ?> found && done.add(Set.copyOf(found.keySet()))) {
            Map<String, Object> map = (Map<String, Object>) found;
            map.put("nonsense", List.of());
            seen.accept("one key more in", map.keySet());
            map.remove("nonsense");
            tried++;
            for (String key : List.copyOf(map.keySet())) {
                Object value = map.get(key);
                for (Object other : List.of("x", Map.of("nonsense", List.of()))) {
                    map.put(key, other);
                    seen.accept(key, other);
                    tried++;
                }
                map.put(key, value);
                tried += change(value, done, seen);
            }
        }
        if (within instanceof List<?> list) {
            for (Object item : list) {
                tried += change(item, done, seen);
            }
        }
        return tried;
    }

    /** What a node holds, as JSON has it. */
    private static Object plain(Node node) {
        if (node instanceof Node.Mapping map) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.entries().forEach(entry -> plain.put(entry.key().value(), plain(entry.value())));
            return plain;
        }
        if (node instanceof Node.Sequence list) {
            return new ArrayList<>(
                    list.items().stream().map(SceneSchemaTest::plain).toList());
        }
        String text = ((Node.Scalar) node).value();
        if (text.matches("\\d{1,9}")) {
            return Integer.valueOf(text);
        }
        return text.equals("true") || text.equals("false") ? (Object) Boolean.valueOf(text) : text;
    }
}
