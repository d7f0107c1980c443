package dev.runbook.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.windows.WindowsPipe;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThisProcessTest {
    /** A console as from JDK 22 on, which there is without a terminal too. */
    public record Later(boolean isTerminal) {}

    /** A console as before, which only a terminal has. */
    public record Earlier() {}

    @TempDir
    private Path folder;

    @Test
    void aConsoleWithoutATerminalIsNone() {
        assertThat(ThisProcess.isTerminal(Later.class, new Later(false))).isFalse();
        assertThat(ThisProcess.isTerminal(Later.class, new Later(true))).isTrue();
        assertThat(ThisProcess.isTerminal(Earlier.class, new Earlier())).isTrue();
    }

    @Test
    void aPipeWhoseReaderHasSeenEnoughIsNoFullDisk() throws IOException {
        try (FileChannel pipe = new WindowsPipe();
                FileChannel file =
                        FileChannel.open(folder.resolve("out"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            assertThat(ThisProcess.keeps(pipe, true)).isFalse();
            assertThat(ThisProcess.keeps(file, true)).isTrue();
            assertThat(ThisProcess.keeps(file, false)).isTrue();
        }
    }
}
