package dev.runbook.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Source;
import dev.runbook.golden.GoldenFolder;
import dev.runbook.report.DiagnosticText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mistake of an author, and what is said about it. */
class DiagnosticsGoldenTest {
    private static final Linter LINTER = new Linter();

    @ParameterizedTest
    @MethodSource("behaviours")
    void saysWhatIsWrongAndWhere(Path behaviour) throws IOException {
        Source source = Source.of("runbook.yaml", Files.readString(behaviour.resolve("runbook.yaml")));
        String findings = DiagnosticText.of(LINTER.read(source).diagnostics());
        GoldenFolder.verify(behaviour, Set.of("runbook.yaml"), "expected.txt", findings);
    }

    @Test
    void thereAreManyMistakesToMake() throws IOException {
        assertThat(behaviours()).hasSizeGreaterThan(30);
    }

    static List<Path> behaviours() throws IOException {
        return GoldenFolder.behaviours("diagnostics");
    }
}
