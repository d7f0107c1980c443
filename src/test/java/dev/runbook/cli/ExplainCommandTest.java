package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
    @TempDir
    Path folder;

    @Test
    void tellsARunbookInsideTheProgramWithoutAnyValue() {
        CommandLineRunner.Result told = new CommandLineRunner(folder).run("explain", "failover");

        assertThat(told.exit()).isEqualTo(ExitCode.DONE);
        assertThat(told.out())
                .startsWith("Fail over Persistent Chat")
                .contains("There is no way back from step 4.2.")
                .contains("Step 4.1. End all connections to mgc");
    }

    @Test
    void tellsNothingOfARunbookWithMistakes() throws IOException {
        Files.writeString(
                folder.resolve("wrong.yaml"), "runbook: wrong\nsteps:\n  - {step: 1, title: Ask, confirm: '{{x}}?'}\n");

        CommandLineRunner.Result told = new CommandLineRunner(folder).run("explain", "wrong.yaml");

        assertThat(told.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(told.out()).isEmpty();
        assertThat(told.err()).contains("[unknown-name]");
    }
}
