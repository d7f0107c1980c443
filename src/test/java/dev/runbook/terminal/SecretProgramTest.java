package dev.runbook.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the programs are those of a POSIX system")
class SecretProgramTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void tellsTheFirstLineThatTheProgramPrints() {
        assertThat(sh("echo Sekret17; echo more", LONG)).contains("Sekret17");
    }

    @Test
    void noShellReadsItsWords() {
        assertThat(new SecretProgram(List.of("/bin/echo", "$(id) ; a b"), LONG).secret())
                .contains("$(id) ; a b");
    }

    @Test
    void aProgramThatFailsOrSaysNothingOrIsNotThereTellsNone() {
        assertThat(sh("echo Sekret17; exit 3", LONG)).isEmpty();
        assertThat(sh("true", LONG)).isEmpty();
        assertThat(new SecretProgram(List.of("/no/such/program"), LONG).secret())
                .isEmpty();
    }

    @Test
    void aProgramThatTakesTooLongIsEndedWithAllThatItStarted() {
        String mark = "3" + System.nanoTime() % 100_000_000;

        assertThat(sh("sleep " + mark + " & sleep " + mark, Duration.ofMillis(300)))
                .isEmpty();

        assertThat(ProcessHandle.allProcesses()
                        .filter(ProcessHandle::isAlive)
                        .filter(one -> one.info().commandLine().orElse("").contains("sleep " + mark)))
                .isEmpty();
    }

    @Test
    void aProgramThatPrintsWithoutEndIsEndedToo() {
        assertThat(sh("yes", Duration.ofSeconds(2))).isEmpty();
    }

    @Test
    void itReadsNothingFromTheTerminal() {
        assertThat(sh("cat; echo done", LONG)).contains("done");
    }

    private static Optional<String> sh(String script, Duration patience) {
        return new SecretProgram(List.of("/bin/sh", "-c", script), patience).secret();
    }
}
