package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.event.Actor;
import dev.runbook.runs.RunArchive;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.ExitCode;
import dev.runbook.terminal.TerminalOutput;
import dev.runbook.windows.ConsoleInput;
import dev.runbook.windows.StuckTerminal;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever becomes of the window in which a run is watched, the run goes on. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StuckWindowTest {
    @TempDir
    Path folder;

    @Test
    void aRunGoesOnInAWindowThatTakesNoOutputAndItsJournalIsComplete() throws IOException {
        StringBuilder runbook = new StringBuilder("runbook: long\ntitle: Long\nsteps:\n");
        for (int step = 1; step <= 30; step++) {
            runbook.append("  - {step: ").append(step).append(", title: Ask, description: d, confirm: Go on}\n");
        }
        Files.writeString(folder.resolve("long.yaml"), runbook);
        String[] command = new String[62];
        command[0] = "run";
        command[1] = "long.yaml";
        for (int step = 1; step <= 30; step++) {
            command[2 * step] = "--approve";
            command[2 * step + 1] = step + "=yes";
        }
        StuckTerminal window = new StuckTerminal();
        window.stick();
        TerminalOutput output = new TerminalOutput(System::nanoTime);

        ExitCode code = CommandTree.execute(context(output.to(window, StandardCharsets.UTF_8)), command);

        assertThat(window.shown()).isEmpty();
        assertThat(code).as(shown(window, output)).isEqualTo(ExitCode.DONE);
        assertThat(new RunArchive(folder.resolve("runs")).runs().get(0).folder().journal())
                .content()
                .contains("\"step\":\"30\"", "\"event\":\"run-stopped\"");
        assertThat(window.shown()).contains("30  Ask").contains("DONE");
    }

    private static String shown(StuckTerminal window, TerminalOutput output) {
        window.loosen();
        assertThat(output.drain(Duration.ofSeconds(20))).isTrue();
        return window.shown();
    }

    private CliContext context(PrintStream window) {
        return new CliContext(
                new ConsoleInput(),
                window,
                window,
                Map.of(),
                folder,
                true,
                () -> 80,
                CliContext.Language.ENGLISH,
                question -> Optional.empty(),
                Clock.systemUTC(),
                new Actor("jdoe", "jump1", 42, "0.1.0"));
    }
}
