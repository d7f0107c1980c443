package dev.runbook.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Source;
import dev.runbook.lint.Linter;
import dev.runbook.report.DiagnosticText;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the page about editors gives to be copied into other files. */
class EditorsPageTest {
    /** As SchemaStore wants it: a name that is the project's own before or behind the star, and no braces. */
    private static final Pattern ACCEPTED = Pattern.compile("\\*\\.[a-z]+\\.yaml|\\*\\*/[a-z]+/\\*\\.yaml");

    private final JsonNode entry = block("catalog");

    @Test
    void theEntryOfTheCatalogHasWhatTheCatalogAsksFor() {
        assertThat(entry.propertyNames()).containsExactly("name", "description", "fileMatch", "url");
        assertThat(entry.path("url").asString()).startsWith("https://").endsWith("/runbook.schema.json");
        assertThat(patterns(entry.path("fileMatch")))
                .isNotEmpty()
                .allMatch(pattern -> ACCEPTED.matcher(pattern).matches());
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void theEntryKnowsAShippedRunbook(Path file) {
        assertThat(matches(file)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pause-jobs.runbook.yaml", "deep/below/chat.runbook.yaml", "site/runbooks/chat.yaml"})
    void theEntryKnowsWhatIsNamedLikeARunbook(String file) {
        assertThat(matches(Path.of(file))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"docker-compose.yaml", "litware.yaml", "runbook.yaml", "runbooks.yaml", "runbooks/notes.md"})
    void theEntryLeavesOtherFilesAlone(String file) {
        assertThat(matches(Path.of(file))).isFalse();
    }

    @Test
    void theSettingsHaveThePatternsOfTheCatalog() {
        assertThat(patterns(block("settings").path("yaml.schemas").path("./runbook.schema.json")))
                .isEqualTo(patterns(entry.path("fileMatch")));
    }

    @Test
    void theTaskReadsWhatLintPrints() {
        JsonNode pattern = block("tasks").at("/tasks/0/problemMatcher/pattern");
        Source source = Source.of("runbooks/some.yaml", "runbook: some\nsteps:\n  - {step: 1, title: T, sqll: x}\n");
        Diagnostic error = new Linter().read(source).diagnostics().get(0);
        Diagnostic warning = new Diagnostic(
                error.source(), error.span(), Diagnostic.Severity.WARNING, error.rule(), error.message());

        assertThat(read(pattern, error, "severity")).isNull();
        assertThat(read(pattern, warning, "severity")).isEqualTo("warning");
        assertThat(read(pattern, warning, "file")).isEqualTo("runbooks/some.yaml");
        assertThat(read(pattern, warning, "line")).isEqualTo("3");
        assertThat(read(pattern, warning, "column")).isEqualTo("25");
        assertThat(read(pattern, warning, "message")).isEqualTo(error.message());
        assertThat(read(pattern, warning, "code")).isEqualTo("unknown-key");
    }

    static List<Path> shipped() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("runbooks"))) {
            return files.filter(path -> path.toString().endsWith(".yaml")).toList();
        }
    }

    /** What the pattern of a task finds in the lines that lint prints of one finding. */
    private static String read(JsonNode pattern, Diagnostic finding, String part) {
        Pattern line = Pattern.compile(pattern.path("regexp").asString());
        List<MatchResult> found = DiagnosticText.of(finding)
                .lines()
                .flatMap(text -> line.matcher(text).results())
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0).group(pattern.path(part).asInt());
    }

    /** A pattern without a folder holds in every folder. */
    private boolean matches(Path file) {
        Path inside = Path.of("workspace").resolve(file);
        return patterns(entry.path("fileMatch")).stream()
                .map(pattern -> pattern.startsWith("**/") ? pattern : "**/" + pattern)
                .map(pattern -> FileSystems.getDefault().getPathMatcher("glob:" + pattern))
                .anyMatch(matcher -> matcher.matches(inside));
    }

    private static List<String> patterns(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    private static JsonNode block(String name) {
        Optional<Example> block = Example.ofKind("json " + name).stream().findFirst();
        return JsonMapper.shared().readTree(block.orElseThrow().text());
    }
}
