package dev.runbook.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file of 50 MB, where the program has 256 MB of memory. */
@Tag("process")
class LargeFileTest {
    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        byte[] large = new byte[50 * 1024 * 1024];
        Arrays.fill(large, (byte) '[');
        Files.write(folder.resolve("large.yaml"), large);
        Files.writeString(
                folder.resolve("good.yaml"),
                "runbook: good\ntitle: Ask\nsteps:\n  - step: 1\n    title: Ask\n    confirm: Go on?\n",
                StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "lint large.yaml, 1",
        "plan large.yaml, 2",
        "run good.yaml --vars large.yaml, 2",
        "lint good.yaml --baseline large.yaml, 2",
    })
    void isRefusedWithoutBeingRead(String command, int exit) {
        List<String> line = new ArrayList<>(Program.line(command.split(" ")));
        line.add(1, "-Xmx256m");
        try (Program program = Program.start(folder, line)) {
            Program.Ended ended = program.end();

            assertThat(ended.exit()).isEqualTo(exit);
            assertThat(ended.printed())
                    .contains("large.yaml:1:1: The file is larger than 1 MB.")
                    .doesNotContain("Exception", "OutOfMemory");
        }
    }
}
