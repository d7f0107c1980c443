package dev.runbook.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Checked;
import dev.runbook.base.Diagnostic;
import dev.runbook.base.Source;
import dev.runbook.language.Runbook;
import dev.runbook.lint.Linter;
import dev.runbook.rehearsal.estate.Estate;
import dev.runbook.rehearsal.estate.EstateConfig;
import dev.runbook.rehearsal.scene.Scene;
import dev.runbook.rehearsal.scene.SceneFiles;
import dev.runbook.rule.CmdletReference;
import dev.runbook.site.SiteBinder;
import dev.runbook.site.SuppliedValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the documentation against the product. */
class DocumentationTest {
    private static final Path LANGUAGE = Path.of("docs/language.md");
    /** A page may show a variable or a fact without the step that uses it. */
    private static final Set<String> OF_EXAMPLES = Set.of("unused-variable", "unused-fact");

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

    @ParameterizedTest
    @MethodSource("runbooks")
    void everyExampleIsARunbookWithoutMistakes(Example example) {
        // a page may leave out the first line, which says nothing new
        String head = example.text().contains("runbook: ") ? "" : "runbook: example\n";
        Source source = Source.of(example.toString(), head + example.text());
        assertThat(new Linter().read(source).diagnostics())
                .filteredOn(finding -> !OF_EXAMPLES.contains(finding.rule()))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("siteFiles")
    void everySiteFileOfThePagesCanBeReadAndBound(Example example) throws IOException {
        Map<String, SuppliedValue> given = values(SuppliedValue.read(Source.of(example.toString(), example.text())));
        for (String name : List.of("failover", "failback")) {
            Runbook runbook = new Linter()
                    .read(source("runbooks/" + name + ".yaml"))
                    .value()
                    .orElseThrow();
            // a page shows some variables only: what is missing is not its mistake, what is wrong is
            assertThat(new SiteBinder(new SomeSecret())
                            .bind(runbook, List.of(given), "run", "20261121031209")
                            .diagnostics())
                    .extracting(Diagnostic::rule)
                    .allMatch("missing-value"::equals);
        }
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void everySceneOfThePagesCanStand(Example example, @TempDir Path folder) throws IOException {
        Checked<Scene> scene = SceneFiles.find(
                Files.writeString(folder.resolve("scene.yaml"), example.text()).toString());
        assertThat(scene.diagnostics()).isEmpty();
        EstateConfig here = new EstateConfig(folder, Clock.systemUTC(), duration -> {}, UUID::randomUUID, List.of());
        try (Estate estate = Estate.start(scene.value().orElseThrow(), here)) {
            assertThat(estate.projection()).contains("pool ");
        }
    }

    @ParameterizedTest
    @MethodSource("cmdlets")
    void everyFileOfCmdletsOfThePagesCanBeRead(Example example) {
        assertThat(CmdletReference.read(Source.of(example.toString(), example.text()))
                        .diagnostics())
                .isEmpty();
    }

    @Test
    void describesEveryKeyOfTheSchemaAndNoOther() throws IOException {
        assertThat(describedKeys()).isEqualTo(schemaKeys());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksToPagesThatAreThere(Path page) throws IOException {
        Path folder = page.toAbsolutePath().getParent();
        assertThat(LINK.matcher(Files.readString(page)).results().map(link -> link.group(1)))
                .allSatisfy(target -> assertThat(folder.resolve(target)).exists());
    }

    static List<Example> runbooks() {
        return Example.ofKind("yaml");
    }

    static List<Example> siteFiles() {
        return Example.ofKind("yaml site");
    }

    static List<Example> scenes() {
        return Example.ofKind("yaml scene");
    }

    static List<Example> cmdlets() {
        return Example.ofKind("yaml cmdlets");
    }

    static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(Stream.of(Path.of("README.md")), docs)
                    .filter(page -> page.toString().endsWith(".md"))
                    .toList();
        }
    }

    private static Map<String, SuppliedValue> values(Checked<Map<String, SuppliedValue>> site) {
        assertThat(site.diagnostics()).isEmpty();
        return site.value().orElseThrow();
    }

    private static Source source(String file) throws IOException {
        return Source.of(file, Files.readString(Path.of(file)));
    }

    /** Answers every question for a secret with one. */
    private static final class SomeSecret implements SiteBinder.SecretReader {
        @Override
        public Optional<String> prompt(String question) {
            return Optional.of("secret");
        }

        @Override
        public Optional<String> file(String path) {
            return Optional.of("secret");
        }

        @Override
        public Optional<String> environment(String name) {
            return Optional.of("secret");
        }
    }

    /** The first column of every table whose first heading is "key". */
    private static Set<String> describedKeys() throws IOException {
        Set<String> keys = new TreeSet<>();
        boolean inTable = false;
        for (String line : Files.readAllLines(LANGUAGE)) {
            inTable = line.startsWith("| key |") || inTable && line.startsWith("|");
            if (inTable && line.startsWith("| `")) {
                CODE.matcher(line.split("\\|")[1])
                        .results()
                        .map(code -> code.group(1))
                        .forEach(keys::add);
            }
        }
        return keys;
    }

    private static Set<String> schemaKeys() throws IOException {
        JsonNode schema = JsonMapper.shared().readTree(Files.readString(Path.of("schema/runbook.schema.json")));
        Set<String> keys = new TreeSet<>();
        collect(schema, keys);
        return keys;
    }

    private static void collect(JsonNode node, Set<String> keys) {
        keys.addAll(node.path("properties").propertyNames());
        node.forEach(child -> collect(child, keys));
    }
}
