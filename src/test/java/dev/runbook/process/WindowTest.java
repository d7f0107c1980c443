package dev.runbook.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What stays on the screen of a real terminal: nothing half drawn, and no prompt below the closing lines. */
@Tag("process")
@Timeout(60)
@EnabledIf("dev.runbook.process.Window#isPossible")
class WindowTest {
    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("wait.yaml"), """
                runbook: wait
                title: Wait for a file
                variables: {there: {type: path, description: a folder}}
                facts:
                  file that the other side puts there: {files: '{{there}}/*.txt'}
                steps:
                  - step: 1
                    title: Wait until the other side has put its file there, which takes as long as it takes
                    done-when: file that the other side puts there
                    within: 1m
                """);
        Files.writeString(folder.resolve("fail.yaml"), """
                runbook: fail
                title: Fail
                variables: {there: {type: path, description: a folder}}
                facts:
                  file that nobody has: {files: '{{there}}/*.nothing'}
                steps:
                  - {step: 1, title: Fail, require: file that nobody has}
                """);
    }

    @Test
    void thePromptStaysAboveTheClosingLinesAtCtrlC() {
        try (Window window = Window.open(folder, "run", "fail.yaml", "--var", "there=" + folder)) {
            window.await("What now? >");
            window.press("C-c");
            String shown = window.await("the last hash begins").shown();

            assertThat(shown.indexOf("What now? > ^C")).isPositive().isLessThan(shown.indexOf("INTERRUPTED"));
            assertThat(shown.substring(shown.indexOf("INTERRUPTED"))).doesNotContain("What now?");
        }
    }

    @Test
    void ctrlCWhereAReasonIsAskedForEndsTheRunAsInterrupted() {
        try (Window window = Window.open(folder, "run", "fail.yaml", "--var", "there=" + folder)) {
            window.await("What now? >").type("skip");
            window.await("Why?").press("C-c");

            assertThat(window.await("the last hash begins").shown()).contains("INTERRUPTED.");
        }
    }

    @Test
    void noLineThatIsDrawnOverStaysBehindWhenTheWindowBecomesNarrower() throws IOException {
        try (Window window = Window.open(folder, "run", "wait.yaml", "--var", "there=" + folder)) {
            window.await("waits 0:").resize(60);
            window.await("0:03  ").resize(100);
            window.await("0:05");
            Files.writeString(folder.resolve("a.txt"), "here");
            String shown = window.await("the last hash begins").shown();

            assertThat(shown.lines().filter(line -> line.contains("waits 0:"))).isEmpty();
        }
    }
}
