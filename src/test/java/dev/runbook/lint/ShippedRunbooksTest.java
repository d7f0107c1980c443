package dev.runbook.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Checked;
import dev.runbook.base.Source;
import dev.runbook.language.Runbook;
import dev.runbook.language.TranslationFile;
import dev.runbook.report.DiagnosticText;
import dev.runbook.yaml.SourceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What we ship is an example of how to write. */
class ShippedRunbooksTest {
    @ParameterizedTest
    @MethodSource("runbooks")
    void areWithoutFindings(Path path) {
        Source source = SourceReader.read(path).value().orElseThrow();
        Checked<Runbook> read = new Linter().read(source);
        assertThat(DiagnosticText.of(read.diagnostics())).isEmpty();
        assertThat(read.value().orElseThrow().steps()).hasSizeGreaterThan(10);
    }

    static List<Path> runbooks() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("runbooks"))) {
            return files.filter(path -> path.toString().endsWith(".yaml"))
                    .filter(path -> TranslationFile.runbook(path.getFileName().toString())
                            .isEmpty())
                    .sorted()
                    .toList();
        }
    }
}
