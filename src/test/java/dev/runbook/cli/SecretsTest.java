package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.terminal.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A secret turns up where nobody meant it to be: in what a fact finds. */
class SecretsTest {
    private static final String SECRET = "hunter-22";

    @TempDir
    Path folder;

    @BeforeEach
    void putTheSecretIntoAFilesName() throws IOException {
        Files.createFile(Files.createDirectory(folder.resolve("drop")).resolve(SECRET + ".txt"));
    }

    @Test
    void isHiddenWhereAFindingIsShownAndKept() throws IOException {
        CommandLineRunner.Result result = run("    require: nothing is left\n");

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED_UNCHANGED);
        assertThat(result.out()).contains("nothing is left", "••••••.txt");
        assertThat(left(result)).noneMatch(text -> text.contains(SECRET));
    }

    @Test
    void isNeverRememberedAsDotsThatALaterStepWouldActUpon() throws IOException {
        CommandLineRunner.Result result = run("    remember: {file: files left}\n");

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED_UNCHANGED);
        assertThat(result.out()).contains("What \"files left\" found holds the text of a password or another secret");
        assertThat(left(result)).noneMatch(text -> text.contains(SECRET));
    }

    @Test
    void isRefusedOnTheCommandLine() throws IOException {
        Files.writeString(folder.resolve("drop.yaml"), runbook("    require: nothing is left\n"));

        CommandLineRunner.Result result =
                new CommandLineRunner(folder).run("run", "drop.yaml", "--var", "password=" + SECRET);

        assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err())
                .contains("{prompt: true}", "{file: PATH}", "RUNBOOK_VAR_PASSWORD")
                .doesNotContain(SECRET);
    }

    @Test
    void isTakenFromTheEnvironmentAgainByAResume() throws IOException {
        run("    require: nothing is left\n");
        String run = theRun().toString();

        CommandLineRunner.Result withoutIt = new CommandLineRunner(folder).run("resume", run);
        CommandLineRunner.Result withIt = new CommandLineRunner(folder)
                .with("RUNBOOK_VAR_PASSWORD", SECRET)
                .run("resume", run);

        assertThat(withoutIt.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(withIt.exit()).isEqualTo(ExitCode.FAILED_UNCHANGED);
    }

    @ParameterizedTest
    @CsvSource({"UTF-16LE, is UTF-16", "UTF-16, cannot be read as UTF-8", "UTF-8, ends with a blank"})
    void isRefusedFromAFileThatCannotHoldWhatIsMeant(String charset, String reason) throws IOException {
        Files.writeString(folder.resolve("drop.yaml"), runbook("    require: nothing is left\n"));
        Files.writeString(
                folder.resolve("password.txt"),
                SECRET + " \r\n".substring(reason.contains("blank") ? 0 : 1),
                Charset.forName(charset));
        Files.writeString(folder.resolve("site.yaml"), "password: {file: password.txt}\n");

        CommandLineRunner.Result result = new CommandLineRunner(folder).run("run", "drop.yaml", "--vars", "site.yaml");

        assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("password.txt", reason).doesNotContain(SECRET);
    }

    @Test
    void isHiddenByCheck() throws IOException {
        Files.writeString(folder.resolve("drop.yaml"), runbook("    require: nothing is left\n"));

        CommandLineRunner.Result result = new CommandLineRunner(folder)
                .with("RUNBOOK_VAR_PASSWORD", SECRET)
                .run("check", "drop.yaml");

        assertThat(result.out()).contains("••••••.txt").doesNotContain(SECRET);
    }

    private CommandLineRunner.Result run(String what) throws IOException {
        Files.writeString(folder.resolve("drop.yaml"), runbook(what));
        return new CommandLineRunner(folder)
                .with("RUNBOOK_VAR_PASSWORD", SECRET)
                .run("run", "drop.yaml");
    }

    private String runbook(String what) {
        return """
            runbook: drop
            title: Look into a folder
            variables:
              password: {type: secret, description: a secret}
            steps:
              - step: 1
                title: Look
                description: For a start.
            """ + what + """
                facts:
                  files left:
                    files: 'FOLDER/*.txt'
                  nothing is left:
                    files: 'FOLDER/*.txt'
                    expect: {name: nothing.txt}
                """.replace("FOLDER", folder.resolve("drop").toString());
    }

    private Path theRun() throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
            return runs.findFirst().orElseThrow();
        }
    }

    /** All that can be read afterwards. */
    private List<String> left(CommandLineRunner.Result result) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("runs"))) {
            List<Path> regular = files.filter(Files::isRegularFile).toList();
            return Stream.concat(
                            Stream.of(result.out(), result.err()),
                            regular.stream().map(SecretsTest::text))
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
