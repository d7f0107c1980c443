package dev.runbook.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program was started as {@code java -jar runbook.jar}, and its estate is used from another folder. */
@Tag("process")
class RelativeJarTest {
    private static final String RUNBOOK = """
            runbook: ask
            title: Ask the shell
            variables: {shell: {type: powershell}}
            steps: [{step: 1, title: t, require: the pool}]
            facts: {the pool: {cmdlet: Get-CsPersistentChatState}}
            """;

    @TempDir
    Path folder;

    @Test
    void letsAShellBeStartedInAnotherFolder() throws IOException {
        Path home = Files.createDirectory(folder.resolve("home"));
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        List<String> line = Program.line("estate", "dc1-lost", "--site-file", "site.yaml");
        Files.copy(Path.of(line.get(line.indexOf("-jar") + 1)), home.resolve("runbook.jar"));
        line.set(line.indexOf("-jar") + 1, "runbook.jar");
        Files.writeString(elsewhere.resolve("ask.yaml"), RUNBOOK);
        try (Program estate = Program.start(home, line)) {
            estate.await("ready");
            String site = home.resolve("site.yaml").toString();
            try (Program check = Program.start(elsewhere, Program.line("check", "ask.yaml", "--vars", site))) {
                assertThat(check.end().exit()).as(check.printed()).isZero();
            }
            estate.type("stop");
            estate.end();
        }
    }
}
