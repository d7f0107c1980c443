package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.cli.CommandLineRunner.Result;
import dev.runbook.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptRehearsalTest {
    @TempDir
    Path folder;

    @Test
    void isMarkedAndCannotBeGoneOnWith() throws IOException {
        CommandLineRunner runner = new CommandLineRunner(folder);
        runner.run("init", "pause-jobs");
        runner.run("rehearse", "pause-jobs.yaml", "--runs", "runs");
        String run;
        try (Stream<Path> kept = Files.list(folder.resolve("runs"))) {
            run = kept.findFirst().orElseThrow().getFileName().toString();
        }

        assertThat(runner.run("list").out()).contains("done (rehearsal)");
        assertThat(runner.run("status", run).out()).contains("in the scene dc1-lost");
        for (String command : new String[] {"resume", "rollback"}) {
            Result result = runner.run(command, run);
            assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
            assertThat(result.err()).contains("is a rehearsal in the scene dc1-lost");
        }
    }
}
