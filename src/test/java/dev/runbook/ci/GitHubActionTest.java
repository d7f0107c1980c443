package dev.runbook.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.documentation.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
class GitHubActionTest {
    private static final Path ACTION = Path.of("action.yml");
    private static final Pattern INPUT = Pattern.compile("\\$\\{\\{ inputs\\.([a-z0-9-]+) }}");

    @TempDir
    Path folder;

    @Test
    void annotatesSummarisesAndFails() throws IOException {
        Project project = project().withMistake().with("INPUT_SARIF", "true");

        Project.Result result = project.run(step());

        assertThat(result.exit()).as(result.err()).isEqualTo(1);
        assertThat(result.out())
                .startsWith("::error file=runbooks/wrong.yaml,line=5,col=")
                .endsWith("3 files: 1 error, 0 warnings, 0 hints.\n");
        assertThat(summary())
                .contains("### Runbooks\n```text\nrunbooks/wrong.yaml:5:")
                .endsWith("```\n");
        assertThat(folder.resolve("output.txt"))
                .content()
                .isEqualTo("sarif=" + folder.resolve("temp/runbook-lint.sarif") + "\n");
        assertThat(folder.resolve("temp/runbook-lint.sarif")).content().contains("\"uri\" : \"runbooks/wrong.yaml\"");
    }

    @Test
    void withoutFindingsItPassesAndSummarisesNothing() throws IOException {
        Project.Result result = project().run(step());

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(summary()).isEmpty();
    }

    @Test
    void takesSeveralFilesAndABaseline() throws IOException {
        Project project = project()
                .withMistake()
                .with("INPUT_FILES", "runbooks/failover.yaml\n\nrunbooks/w*.yaml")
                .with("INPUT_BASELINE", "known.txt");
        project.run(List.of(
                "java",
                "-jar",
                Project.jar().toString(),
                "lint",
                "--baseline",
                "known.txt",
                "--write-baseline",
                "runbooks"));

        Project.Result result = project.run(step());

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).startsWith("2 files: 0 errors");
    }

    @Test
    void aNameIsNeverReadAsACommand() throws IOException {
        Project.Result result =
                project().with("INPUT_FILES", "$(touch hacked); `touch hacked`").run(step());

        assertThat(result.exit()).isEqualTo(2);
        assertThat(folder.resolve("hacked")).doesNotExist();
    }

    @Test
    void letsNoCommentHideAFindingWhereThatIsAskedFor() throws IOException {
        Project project = project().withMistake();
        Files.writeString(
                folder.resolve("runbooks/wrong.yaml"),
                "runbook: wrong\nvariables: {s: {type: sql-server, description: d}}\nsteps:\n  - step: 1\n    title: t\n"
                        + "    server: s\n    retry: 2\n    rollback: {not-needed: x}\n    unsafe-to-cut-off: it is\n"
                        + "    timeout: 1m # runbook-lint: disable=cut-off-backup -- it is ours\n"
                        + "    sql: RESTORE LOG [a] FROM DISK = N'x'\n");

        assertThat(project.run(step()).out()).contains("1 suppressed by comments");
        assertThat(project.with("INPUT_SUPPRESSIONS", "false").run(step()).out())
                .contains("title=cut-off-backup")
                .doesNotContain("suppressed by comments");
    }

    @Test
    void takesOnlyTheJarOfTheDigest() throws IOException {
        Project.Result result =
                project().with("INPUT_JAR_SHA256", "0".repeat(64)).run(step());

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).startsWith("The jar does not have the SHA-256");
    }

    @Test
    void withoutAJarItBuildsItsOwn() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path maven = Files.writeString(
                bin.resolve("mvn"),
                "#!/bin/sh\necho \"$@\" > mvn.txt\nmkdir -p action/target && cp $JAR action/target\n");
        assertThat(maven.toFile().setExecutable(true)).isTrue();
        Project project = project()
                .with("INPUT_JAR", "")
                .with("JAR", Project.jar().toString())
                .with("ACTION_FOLDER", "action")
                .with("PATH", bin + ":" + System.getenv("PATH"));

        assertThat(project.run(step()).exit()).isZero();
        assertThat(folder.resolve("mvn.txt")).content().isEqualTo("-B -q -f action/pom.xml -DskipTests package\n");
    }

    @Test
    void everyInputReachesTheScriptByAVariableAndNoOtherWay() throws IOException {
        Yaml step = Yaml.read(ACTION).at("runs", "steps", 0);
        Yaml variables = step.at("env");
        List<String> inputs = Yaml.read(ACTION).at("inputs").keys();

        assertThat(inputs)
                .allSatisfy(input -> assertThat(variables
                                .at("INPUT_" + input.toUpperCase(Locale.ROOT).replace('-', '_'))
                                .text())
                        .isEqualTo("${{ inputs." + input + " }}"));
        assertThat(step.at("run").text()).doesNotContain("${{");
        assertThat(INPUT.matcher(Files.readString(ACTION)).results().map(used -> used.group(1)))
                .containsExactlyInAnyOrderElementsOf(inputs);
    }

    @Test
    void thePageUsesInputsThatThereAre() throws IOException {
        Example page = Example.ofKind("yaml github").get(0);
        Yaml steps = Yaml.of("ci.md", page.text()).at("jobs", "lint", "steps");

        assertThat(Yaml.read(ACTION).at("inputs").keys())
                .containsAll(steps.at(1, "with").keys());
    }

    /** As GitHub would start it: the defaults of the inputs, a jar that is there already, and the files of a runner. */
    private Project project() throws IOException {
        Project project = new Project(folder);
        Yaml inputs = Yaml.read(ACTION).at("inputs");
        for (String input : inputs.keys()) {
            project.with(
                    "INPUT_" + input.toUpperCase(Locale.ROOT).replace('-', '_'),
                    inputs.at(input, "default").text());
        }
        Files.createFile(folder.resolve("summary.md"));
        return project.with("INPUT_JAR", Project.jar().toString())
                .with("ACTION_FOLDER", "unused")
                .with(
                        "RUNNER_TEMP",
                        Files.createDirectories(folder.resolve("temp")).toString())
                .with("GITHUB_OUTPUT", folder.resolve("output.txt").toString())
                .with("GITHUB_STEP_SUMMARY", folder.resolve("summary.md").toString());
    }

    /** The flags are those of {@code shell: bash}. */
    private List<String> step() throws IOException {
        String script = Yaml.read(ACTION).at("runs", "steps", 0, "run").text();
        Path file = Files.writeString(folder.resolve("step.sh"), script);
        return List.of("bash", "--noprofile", "--norc", "-eo", "pipefail", file.toString());
    }

    private String summary() throws IOException {
        return Files.readString(folder.resolve("summary.md"));
    }
}
