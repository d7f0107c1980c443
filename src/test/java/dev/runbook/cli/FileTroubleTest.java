package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTroubleTest {
    @TempDir
    private Path folder;

    @Test
    void aFolderOfRunsThatIsAFileIsNoMistakeOfTheProgram() throws IOException {
        Files.writeString(folder.resolve("afile"), "");
        Files.writeString(folder.resolve("tiny.yaml"), """
            runbook: tiny
            steps:
              - step: 1
                title: Ask
                confirm: Go on?
            """);

        CommandLineRunner.Result result = new CommandLineRunner(folder).run("run", "tiny.yaml", "--runs", "afile");

        assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("afile is a file, and a folder is needed.");
    }

    @Test
    void aSiteFileInAFolderThatIsNotThereIsNoMistakeOfTheProgram() {
        CommandLineRunner.Result result =
                new CommandLineRunner(folder).run("estate", "dc1-lost", "--site-file", "nowhere/site.yaml");

        assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("a folder above it is not there");
    }

    @Test
    void aVariableThatTheRunbookDoesNotHaveIsToldEvenIfTheOneItLooksLikeHasAValue() {
        CommandLineRunner.Result result = new CommandLineRunner(folder)
                .run("plan", "failover", "--var", "pool_fqdn=a.example.com", "--var", "pool_fqn=b.example.com");

        assertThat(result.err())
                .contains("There is no variable \"pool_fqn\" in persistent-chat-failover. Did you mean \"pool_fqdn\"?");
    }
}
