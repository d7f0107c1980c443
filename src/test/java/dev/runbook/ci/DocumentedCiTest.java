package dev.runbook.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.documentation.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

@Tag("process")
class DocumentedCiTest {
    @TempDir
    Path folder;

    @Test
    void theScriptForGitLabWritesTheReportsThatItNames() throws IOException {
        Yaml job = Yaml.of("ci.md", Example.ofKind("yaml gitlab").get(0).text()).at("lint runbooks");
        Project project = new Project(folder).withJar().withMistake();

        List<Integer> exits = job.at("script").texts().stream()
                .map(line -> project.run(List.of("sh", "-c", line)).exit())
                .toList();

        assertThat(exits).containsExactly(1);
        Path quality =
                folder.resolve(job.at("artifacts", "reports", "codequality").text());
        assertThat(JsonMapper.builder()
                        .build()
                        .readTree(Files.readString(quality))
                        .valueStream())
                .singleElement()
                .satisfies(issue ->
                        assertThat(issue.at("/location/path").asString()).isEqualTo("runbooks/wrong.yaml"));
        assertThat(folder.resolve(job.at("artifacts", "reports", "junit").text()))
                .content()
                .contains("failures=\"1\"");
    }

    @Test
    void everyCommandOfThePageCanBeTyped() throws IOException {
        Project project = new Project(folder).withJar();
        List<String> commands = Files.readAllLines(Path.of("docs/ci.md")).stream()
                .filter(line -> line.startsWith("    java -jar"))
                .map(String::strip)
                .toList();

        assertThat(commands).hasSizeGreaterThan(3).allSatisfy(command -> {
            Project.Result result = project.run(List.of("sh", "-c", command));
            assertThat(result.exit()).as(result.err()).isZero();
        });
    }
}
