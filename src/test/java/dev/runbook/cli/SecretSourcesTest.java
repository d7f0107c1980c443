package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Where a site file says that a secret lies. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "programs and rights are those of a POSIX system")
class SecretSourcesTest {
    private static final String SECRET = "Sekret17Lang";

    @TempDir
    Path folder;

    private CommandLineRunner runner;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("one.yaml"), """
                runbook: one
                variables:
                  word: {type: secret, description: a password}
                steps:
                  - {step: 1, title: Ask, confirm: 'Begin?'}
                """);
        Files.createDirectory(folder.resolve("site"));
        runner = new CommandLineRunner(folder);
    }

    @Test
    void aSecretOfAProgramIsInNoOutputAndInNoFileOfTheRun() throws IOException {
        site("word: {program: [/bin/echo, " + SECRET + "x]}");
        Files.writeString(
                folder.resolve("site/site.yaml"),
                "word: {program: [/bin/sh, -c, 'printf %s Sekret; printf %s 17Lang']}\n");

        CommandLineRunner.Result run =
                runner.run("run", "one.yaml", "--vars", "site/site.yaml", "--id", "night", "--reason", SECRET);

        assertThat(run.exit()).isEqualTo(ExitCode.NEEDS_ANSWER);
        assertThat(run.out() + run.err()).doesNotContain(SECRET);
        Path kept = folder.resolve("runs/night");
        assertThat(Files.readString(kept.resolve("site.yaml")))
                .contains("program: [")
                .doesNotContain(SECRET);
        assertThat(Files.readString(kept.resolve("journal.jsonl"))).doesNotContain(SECRET);
        assertThat(runner.run("resume", "night", "--approve", "1=yes").exit()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void aProgramThatFailsIsNamedAndWhatItPrintsIsNot() throws IOException {
        site("word: {program: [/bin/sh, -c, 'echo " + SECRET + " >&2; echo " + SECRET + "; exit 4']}");

        CommandLineRunner.Result run = runner.run("run", "one.yaml", "--vars", "site/site.yaml");

        assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("the program /bin/sh told no secret");
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void aProgramIsAFullPathAndAListOfWords() throws IOException {
        for (String wrong : new String[] {"vault get x", "[vault, get]", "[./vault]", "[]", "[{a: b}]"}) {
            site("word: {program: " + wrong + "}");
            CommandLineRunner.Result run = runner.run("run", "one.yaml", "--vars", "site/site.yaml");
            assertThat(run.exit()).as(wrong).isEqualTo(ExitCode.USAGE);
        }
        assertThat(runner.run("run", "one.yaml", "--vars", "site/site.yaml").err())
                .isNotEmpty();
        site("word: {program: [vault, get]}");
        assertThat(runner.run("run", "one.yaml", "--vars", "site/site.yaml").err())
                .contains("the full path of a program, and its arguments");
    }

    @Test
    void aFileOfASecretIsNamedFromTheSiteFileAndKeptWithItsWholePath() throws IOException {
        site("word: {file: word.txt}");
        Path word = Files.writeString(folder.resolve("site/word.txt"), SECRET + "\n");
        Files.setPosixFilePermissions(word, PosixFilePermissions.fromString("rw-------"));

        CommandLineRunner.Result run = runner.run("run", "one.yaml", "--vars", "site/site.yaml", "--id", "night");

        assertThat(run.exit()).isEqualTo(ExitCode.NEEDS_ANSWER);
        assertThat(run.err()).doesNotContain("holds a secret", "can be changed by other accounts");
        assertThat(Files.readString(folder.resolve("runs/night/site.yaml"))).contains(word.toString());
    }

    @Test
    void filesThatOthersCanReadOrChangeAreWarnedOf() throws IOException {
        site("word: {file: word.txt}");
        Path word = Files.writeString(folder.resolve("site/word.txt"), SECRET + "\n");
        Files.setPosixFilePermissions(word, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(folder.resolve("site/site.yaml"), PosixFilePermissions.fromString("rw-r--rw-"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        assertThat(runner.run("run", "one.yaml", "--vars", "site/site.yaml", "--new")
                        .err())
                .as("nobody else comes to them")
                .doesNotContain("holds a secret", "can be changed by other accounts");

        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(runner.run("run", "one.yaml", "--vars", "site/site.yaml", "--new")
                        .err())
                .contains("word.txt holds a secret, and other accounts can read it")
                .contains("site.yaml can be changed by other accounts");
    }

    private void site(String text) throws IOException {
        Files.writeString(folder.resolve("site/site.yaml"), text + "\n");
    }
}
