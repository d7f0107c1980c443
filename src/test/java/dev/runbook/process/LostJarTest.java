package dev.runbook.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The jar lies on a share that goes away: from then on nothing more can be read from it. */
@Tag("process")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a jar that is open cannot be emptied there")
class LostJarTest {
    private static final String WAIT = """
            runbook: wait
            title: Wait for a file
            steps:
              - {step: 1, title: Wait, description: For a file., done-when: there, within: 5m}
              - {step: 2, title: Ask, description: Nobody., confirm: Go on}
            facts:
              there: {files: 'there.*'}
            """;

    @TempDir
    Path folder;

    private Path jar;

    @BeforeEach
    void copy() throws IOException {
        List<String> line = Program.line();
        jar = Files.copy(Path.of(line.get(line.indexOf("-jar") + 1)), folder.resolve("runbook.jar"));
        Files.writeString(folder.resolve("wait.yaml"), WAIT);
    }

    @Test
    void aRunThatHasBegunComesToItsEndWithoutIt() throws IOException {
        try (Program run = Program.start(folder, line("run", "wait.yaml"))) {
            run.await("1  Wait");
            empty();
            Files.writeString(folder.resolve("there.txt"), "");
            Program.Ended ended = run.end();

            assertThat(ended.exit()).as(ended.printed()).isEqualTo(7);
            assertThat(ended.printed()).contains("Go on with:", "Journal: ").doesNotContain("NoClassDefFound");
        }
        Program.Ended resumed = Program.start(folder, Program.line("resume", run(), "--approve", "2=yes"))
                .end();
        assertThat(resumed.exit()).as(resumed.printed()).isZero();
    }

    @Test
    void whatCannotBeReadFromItIsSaidInASentence() throws IOException {
        ProcessBuilder zip = new ProcessBuilder("zip", "-qd", jar.toString(), "dev/runbook/report/ListText*");
        assertThat(zip.start().onExit().join().exitValue()).isZero();

        Program.Ended list = Program.start(folder, line("list")).end();

        assertThat(list.exit()).isEqualTo(70);
        assertThat(list.printed())
                .contains("A part of the program cannot be read any more", "Copy it to a disk of this computer")
                .doesNotContain("\tat ");
    }

    private String run() throws IOException {
        try (var runs = Files.list(folder.resolve("runs"))) {
            return runs.findFirst().orElseThrow().getFileName().toString();
        }
    }

    private void empty() throws IOException {
        Files.write(jar, new byte[(int) Files.size(jar)], StandardOpenOption.WRITE);
    }

    private List<String> line(String... words) {
        List<String> line = Program.line(words);
        // as a share is named
        line.set(line.indexOf("-jar") + 1, "/" + jar);
        return line;
    }
}
