package dev.runbook.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.event.RunEvent;
import dev.runbook.event.RunEvent.Answered;
import dev.runbook.event.RunEvent.NoteTaken;
import dev.runbook.event.RunEvent.VariableChanged;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
@EnabledIf("dev.runbook.process.Window#isPossible")
class TerminalTest {
    @TempDir
    static Path folder;

    private static Drill drill;

    @BeforeAll
    static void startsAnEstate() {
        drill = Drill.start(folder, "dc1-lost", new Drill.Pace("2s", "30ms"));
    }

    @AfterAll
    static void endsTheEstate() {
        drill.close();
    }

    @Test
    void whatIsTypedWhileAStepRunsIsANoteAndAnswersNothing() {
        String title = "    title: The second\n";
        String runbook = Runbooks.twoBackups().replace(title, title + "    confirm: Shall it be?\n");
        try (Window window = run("notes", runbook)) {
            window.await(": BACKUP DATABASE");
            window.type("yes");
            window.type("sa has " + drill.password());
            window.await("note: sa has").await("Type yes to continue");

            assertThat(of(Answered.class, "notes")).isEmpty();
            window.type("yes");
            window.await("DONE.");
            assertThat(window.shown()).contains("note: yes (").doesNotContain(drill.password());
        }
        assertThat(of(NoteTaken.class, "notes")).extracting(NoteTaken::text).containsExactly("yes", "sa has ••••••");
        assertThat(of(Answered.class, "notes")).hasSize(1);
    }

    @Test
    void aSecretIsTypedUnseenThoughNotesAreTaken() {
        String runbook =
                Runbooks.failing().replace("variables:\n", "variables:\n  word: {type: secret, description: a word}\n");
        try (Window window = run("secret", runbook, "--vars", drill.write("word.yaml", "word: before-it\n"))) {
            window.await("What now? >").type("change word");
            window.await("\nword:").type("open-sesame");
            window.await("variable word is").await("What now? >", 2).type("pause");
            window.await("PAUSED.");
            assertThat(window.shown()).doesNotContain("open-sesame", "before-it");
        }
        assertThat(of(VariableChanged.class, "secret")).hasSize(1);
        assertThat(of(NoteTaken.class, "secret")).isEmpty();
    }

    @Test
    void whatIsUnsafeIsCutOffOnlyByTheWordForIt() {
        try (Window window = run("cut", Runbooks.unsafeBackups())) {
            window.await(": BACKUP DATABASE").press("C-c");
            window.await("Stopping after this step").press("C-c");
            window.await("To cut it off costs: half a backup is none").type("cancel");
            window.await("is neither CANCEL nor no").type("CANCEL");
            window.await("Cancelling this step.").await("INTERRUPTED.");
        }
        assertThat(of(NoteTaken.class, "cut"))
                .singleElement()
                .satisfies(note -> assertThat(note.text())
                        .startsWith("CANCEL was typed while this was under way on sqlb.litwareinc.com\\RTC: BACKUP"
                                + " DATABASE"));
    }

    @Test
    void aRequestToStopIsTakenBack() {
        try (Window window = run("on", Runbooks.unsafeBackups())) {
            window.await(": BACKUP DATABASE").press("C-c");
            window.await("Stopping after this step").type("continue");
            window.await("The request to stop is withdrawn").await("DONE.");
        }
        assertThat(of(NoteTaken.class, "on")).isEmpty();
    }

    private static Window run(String name, String runbook, String... more) {
        List<String> line = new ArrayList<>(
                List.of("run", drill.write(name + ".yaml", runbook), "--vars", "site.yaml", "--runs", name));
        line.addAll(List.of(more));
        return Window.open(folder, line.toArray(String[]::new));
    }

    private static <E extends RunEvent> List<E> of(Class<E> kind, String runs) {
        return Drill.events(drill.runs(runs).get(0)).stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }
}
