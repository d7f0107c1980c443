package dev.runbook.rehearsal.scene;

import dev.runbook.base.Checked;
import dev.runbook.base.Source;
import dev.runbook.golden.GoldenFolder;
import dev.runbook.report.DiagnosticText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each folder holds a wrong scene and what is said about it. */
class SceneDiagnosticsTest {
    @ParameterizedTest
    @MethodSource
    void saysWhatIsWrong(Path behaviour) throws IOException {
        Source source = Source.of("scene.yaml", Files.readString(behaviour.resolve("scene.yaml")));
        Checked<Scene> scene = SceneReader.read(source);
        GoldenFolder.verify(behaviour, Set.of("scene.yaml"), "expected.txt", DiagnosticText.of(scene.diagnostics()));
    }

    static List<Path> saysWhatIsWrong() throws IOException {
        return GoldenFolder.behaviours("scenes");
    }
}
