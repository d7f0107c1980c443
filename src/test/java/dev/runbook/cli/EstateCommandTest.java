package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.CommandLineRunner.Result;
import dev.runbook.rehearsal.scene.SceneFiles;
import dev.runbook.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EstateCommandTest {
    @TempDir
    Path folder;

    private CommandLineRunner runner;

    @BeforeEach
    void begin() {
        runner = new CommandLineRunner(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dc1-lost", "dc1-rebuilt"})
    void printsASceneThatCanBeReadAgain(String scene) throws IOException {
        Result result = runner.run("estate", scene, "--print");

        Path copy = Files.writeString(folder.resolve("my.yaml"), result.out());
        assertThat(result.exit()).isEqualTo(ExitCode.DONE);
        assertThat(SceneFiles.find(copy.toString()).value().orElseThrow().title())
                .isEqualTo(SceneFiles.find(scene).value().orElseThrow().title());
    }

    @Test
    void namesTheScenesWhereThereIsNoneOfThatName() {
        Result result = runner.run("estate", "dc1-lst", "--print");

        assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err())
                .contains("Did you mean \"dc1-lost\"?", "dc1-lost, dc1-answers, dc1-took-over, dc1-rebuilt");
    }

    @Test
    void wantsAFileForTheValues() {
        Result result = runner.run("estate", "dc1-lost");

        assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("--site-file FILE");
    }
}
