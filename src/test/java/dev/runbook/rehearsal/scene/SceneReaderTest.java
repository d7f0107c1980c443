package dev.runbook.rehearsal.scene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Checked;
import dev.runbook.base.Value;
import dev.runbook.report.DiagnosticText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class SceneReaderTest {
    private static final List<String> SHIPPED = SceneFiles.SHIPPED;

    @ParameterizedTest
    @FieldSource("SHIPPED")
    void readsTheScenesOfTheProgram(String name) {
        Checked<Scene> scene = SceneFiles.find(name);
        assertThat(DiagnosticText.of(scene.diagnostics())).isEmpty();
        assertThat(scene.value().orElseThrow().name()).isEqualTo(name);
    }

    @Test
    void readsWhatIsWritten() {
        Scene scene = SceneFiles.find("dc1-lost").value().orElseThrow();
        EstateSpec.ServerSpec backup = scene.setting().server("sqlb").orElseThrow();
        assertThat(backup.identity().host()).isEqualTo("sqlb.litwareinc.com");
        assertThat(backup.identity().instance()).isEqualTo("RTC");
        assertThat(backup.encrypt()).isTrue();
        assertThat(backup.databases())
                .extracting(EstateSpec.ServerSpec.DatabaseSpec::state)
                .first()
                .isEqualTo(EstateSpec.ServerSpec.DatabaseSpec.State.SHIPPED);
        assertThat(scene.setting().server("sqla").orElseThrow().running()).isFalse();
        assertThat(scene.setting().logShipping())
                .extracting(EstateSpec.LogShippingSpec::files)
                .containsExactly(new EstateSpec.LogShippingSpec.Files(9, Duration.ofMinutes(20), 6, 4, 0, true, true));
        assertThat(scene.variables().get("backup_sql")).isEqualTo(new Scene.VariableSpec.Server("sqlb"));
        assertThat(scene.variables().get("copy_dir"))
                .isEqualTo(new Scene.VariableSpec.Plain(Value.of("D:\\pchatlogs")));
        assertThat(scene.onConfirm().get("0.5")).contains(new Scene.Effect.MoveFiles("log-share", "mgc_*", "archive"));
    }

    @Test
    void findsTheTransitionThatLeadsToTheNextScene() {
        Scene scene = SceneFiles.find("dc1-lost").value().orElseThrow();
        assertThat(scene.transition("dc1-rebuilt")).isPresent();
        assertThat(scene.transition("DC1 REBUILT")).isEqualTo(scene.transition("dc1-rebuilt"));
        assertThat(scene.transition("dc1-gone")).isEmpty();
    }

    @Test
    void readsASceneOfTheUsersOwn(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("mine.yaml");
        try (var shipped = SceneFiles.class.getResourceAsStream("/dev/runbook/rehearsal/scene/dc1-lost.yaml")) {
            Files.writeString(
                    file,
                    new String(shipped.readAllBytes(), StandardCharsets.UTF_8)
                            .replace("scene: dc1-lost", "scene: mine"));
        }
        assertThat(SceneFiles.find(file.toString()).value().map(Scene::name)).contains("mine");
    }

    @Test
    void takesNoFileForASceneThatIsNotWrittenAsOne() throws IOException {
        Path planted = Files.writeString(Path.of("dc1-lost"), "scene: planted");
        try {
            assertThat(SceneFiles.find("dc1-lost").value().map(Scene::name)).contains("dc1-lost");
        } finally {
            Files.delete(planted);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/home/dba", "..", "../up", "a/b", "c:\\x", "~", ".ssh"})
    void keepsFoldersBelowTheRehearsal(String name, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("evil.yaml"),
                "scene: evil\ntitle: A scene\nfolders:\n  '" + name + "': {seen-as: '\\\\fs1\\x'}\n");

        assertThat(DiagnosticText.of(SceneFiles.find(file.toString()).diagnostics()))
                .contains("A folder has a plain name")
                .contains(":4:3");
    }

    @ParameterizedTest
    @FieldSource("SHIPPED")
    void publishesNoPassword(String name) {
        assertThat(SceneFiles.text(name).orElseThrow()).doesNotContain("password");
    }

    @Test
    void proposesASceneForAWrongName() {
        assertThat(DiagnosticText.of(SceneFiles.find("dc1-lots").diagnostics()))
                .contains("There is no scene and no file \"dc1-lots\". Did you mean \"dc1-lost\"?");
    }
}
