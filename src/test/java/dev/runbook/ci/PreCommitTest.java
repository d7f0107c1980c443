package dev.runbook.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.runbook.documentation.Example;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
class PreCommitTest {
    private static final Path HOOKS = Path.of(".pre-commit-hooks.yaml");

    @TempDir
    Path folder;

    @Test
    void theEntryLintsTheFilesThatItIsGiven() throws IOException {
        Project project = new Project(folder)
                .withMistake()
                .with("RUNBOOK_JAR", Project.jar().toString());

        Project.Result clean = project.run(entry("--fail-on", "error", "runbooks/failover.yaml"));
        Project.Result wrong = project.run(entry("runbooks/failover.yaml", "runbooks/wrong.yaml"));

        assertThat(clean.exit()).as(clean.err()).isZero();
        assertThat(wrong.exit()).isEqualTo(1);
        assertThat(wrong.out()).startsWith("runbooks/wrong.yaml:5:");
    }

    @Test
    void runsNoJarOfTheTreeUnderReview() throws IOException {
        Project project = new Project(folder).withJar().withMistake();

        Project.Result unnamed = project.run(entry("runbooks/wrong.yaml"));
        Project.Result named = project.with("RUNBOOK_JAR", "./runbook.jar").run(entry("runbooks/wrong.yaml"));

        assertThat(unnamed.exit()).isEqualTo(2);
        assertThat(unnamed.err()).startsWith("RUNBOOK_JAR names no file.");
        assertThat(named.exit()).isEqualTo(2);
        assertThat(named.err()).startsWith("RUNBOOK_JAR lies inside of this repository.");
    }

    @Test
    void runsNoJarThatIsNotTheOneOfItsDigest(@TempDir Path elsewhere) throws IOException {
        Path jar = Files.copy(Project.jar(), elsewhere.resolve("runbook.jar"));
        Files.writeString(elsewhere.resolve("runbook.jar.sha256"), "0".repeat(64) + "  runbook.jar\n");

        Project.Result result =
                new Project(folder).with("RUNBOOK_JAR", jar.toString()).run(entry("runbooks/failover.yaml"));

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).startsWith("runbook.jar is not the one of its digest");
    }

    @Test
    void aFileNameThatLooksLikeAnOptionIsAFile() throws IOException {
        Project project = new Project(folder).with("RUNBOOK_JAR", Project.jar().toString());
        Files.writeString(folder.resolve("--help.yaml"), "runbook: x\n");
        List<String> command = entry();
        command.addAll(Yaml.read(HOOKS).at(0, "args").texts());
        command.add("--help.yaml");

        Project.Result result = project.run(command);

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).startsWith("--help.yaml:1:");
    }

    @Test
    void looksAtTheYamlFilesOfFoldersThatAreCalledRunbooks() throws IOException {
        Pattern files = Pattern.compile(Yaml.read(HOOKS).at(0, "files").text());

        assertThat(Stream.of("runbooks/failover.yaml", "dr/runbooks/site/x.yml"))
                .allMatch(files.asPredicate());
        assertThat(Stream.of("sites/litware.yaml", "runbooks/readme.md", "myrunbooks/x.yaml"))
                .noneMatch(files.asPredicate());
    }

    @Test
    void preCommitItselfRunsTheHookOfThePage() throws IOException {
        String program = preCommit();
        Path hooks = Files.createDirectories(folder.resolve("hooks"));
        Files.copy(HOOKS, hooks.resolve(HOOKS));
        commit(hooks);
        Project project = new Project(Files.createDirectories(folder.resolve("project")))
                .withMistake()
                .with("RUNBOOK_JAR", Project.jar().toString())
                .with("PRE_COMMIT_HOME", folder.resolve("home").toString());
        Example page = Example.ofKind("yaml pre-commit").get(0);
        String config =
                page.text().replaceAll("repo: \\S+", "repo: " + hooks.toUri()).replace("v0.1.0", head(hooks));
        Files.writeString(project.folder().resolve(".pre-commit-config.yaml"), config);
        commit(project.folder());

        Project.Result wrong = project.run(List.of(program, "run", "--all-files"));
        Files.delete(project.folder().resolve("runbooks/wrong.yaml"));
        commit(project.folder());
        Project.Result clean = project.run(List.of(program, "run", "--all-files"));

        assertThat(wrong.out()).contains("lint runbooks", "Failed", "runbooks/wrong.yaml:5:");
        assertThat(wrong.exit()).isEqualTo(1);
        assertThat(clean.out()).contains("Passed");
        assertThat(clean.exit()).isZero();
    }

    private static List<String> entry(String... files) throws IOException {
        List<String> command =
                new ArrayList<>(ShellWords.of(Yaml.read(HOOKS).at(0, "entry").text()));
        command.addAll(List.of(files));
        return command;
    }

    private static String preCommit() {
        Optional<Path> program = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(Path::of)
                .map(bin -> bin.resolve("pre-commit").toAbsolutePath())
                .filter(Files::isExecutable)
                .findFirst();
        if (program.isEmpty()) {
            System.err.println("NOT TESTED: pre-commit is not installed, so the hook was run without it.");
        }
        assumeThat(program).isPresent();
        return program.get().toString();
    }

    private static void commit(Path repository) throws IOException {
        git(repository, "init", "-q");
        git(repository, "add", "-A");
        git(repository, "-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "-qm", "x");
    }

    private static String head(Path repository) throws IOException {
        return git(repository, "rev-parse", "HEAD");
    }

    private static String git(Path repository, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(repository.toFile())
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
