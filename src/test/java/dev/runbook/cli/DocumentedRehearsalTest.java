package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.documentation.Example;
import dev.runbook.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A runbook of a page that names its scene can be rehearsed as it stands there. */
class DocumentedRehearsalTest {
    @TempDir
    Path folder;

    static List<Example> runbooks() {
        return Example.ofKind("yaml").stream()
                .filter(example -> example.text().contains("\nrehearsal: "))
                .toList();
    }

    @Test
    void theReadmeAndTheWayFromADocumentShowSome() {
        assertThat(runbooks())
                .extracting(example -> example.page().getFileName().toString())
                .contains("README.md", "from-a-document.md");
    }

    @ParameterizedTest
    @MethodSource("runbooks")
    void comesToItsEnd(Example example) throws IOException {
        Files.writeString(folder.resolve("example.yaml"), example.text());

        CommandLineRunner.Result rehearsal = new CommandLineRunner(folder).run("rehearse", "example.yaml");

        assertThat(rehearsal.exit()).as(rehearsal.out() + rehearsal.err()).isEqualTo(ExitCode.DONE);
    }
}
