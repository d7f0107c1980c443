package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LanguageTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("tiny.yaml"), """
            runbook: tiny
            title: Small
            steps:
              - step: 1
                title: Ask
                confirm: Go on?
            """);
        Files.writeString(folder.resolve("tiny.de.yaml"), "texts-of: tiny\nsteps:\n  1: {title: Fragen}\n");
    }

    @Test
    void aRunbookSpeaksTheLanguageThatIsAskedFor() {
        assertThat(run("plan", "tiny", "--language", "de-AT").out()).contains("Fragen", "Small");
        assertThat(run("plan", "tiny").out()).contains("Ask").doesNotContain("Fragen");
    }

    @Test
    void aLanguageWithoutTextsIsToldAndDoesNoHarm() {
        CommandLineRunner.Result result = run("plan", "tiny", "--language", "fr");

        assertThat(result.exit()).isEqualTo(ExitCode.DONE);
        assertThat(result.out()).contains("Ask");
        assertThat(result.err()).contains("no texts in fr").contains("There are texts in: de.");
    }

    @Test
    void beforeWhatNothingCanTakeBackTheRunbooksOwnWordsStandBesideTheTranslation() throws IOException {
        Files.writeString(folder.resolve("final.yaml"), """
            runbook: final
            title: Final
            rehearsal: dc1-lost
            variables:
              backup_sql: {type: sql-server, description: a server}
            steps:
              - step: 1
                title: Recover
                description: For good.
                confirm: {type: RECOVER, message: 'This {{run.id}} cannot be undone.'}
                server: backup_sql
                sql: RESTORE DATABASE [mgc] WITH RECOVERY
                done-when: recovered
                rollback: {impossible: it is recovered}
            facts:
              recovered: {server: backup_sql, sql: "SELECT name FROM sys.databases WHERE name = N'mgc' AND state = 0"}
            """);
        Files.writeString(
                folder.resolve("final.de.yaml"),
                "texts-of: final\nsteps:\n  1: {confirm: 'Das macht nichts. {{run.id}}'}\n");

        CommandLineRunner.Result result = run("rehearse", "final.yaml", "--language", "de");

        assertThat(result.out()).contains("Das macht nichts.").containsPattern("This \\S+ cannot be undone\\.");
    }

    @Test
    void aPlanThatWasAgreedOnInOneLanguageIsTheSameInAnother() {
        run("plan", "tiny", "--out", "agreed.json", "--language", "de");

        CommandLineRunner.Result result = run("run", "tiny", "--plan", "agreed.json", "--approve", "1=yes");

        assertThat(result.exit()).as(result.err()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void whatIsNoLanguageTagIsRefused() {
        assertThat(run("plan", "tiny", "--language", "german!").exit()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void theRunbookInsideTheProgramSpeaksChinese() {
        assertThat(run("plan", "failover", "--examples", "--language", "zh-TW").out())
                .contains("將 Persistent Chat 容錯移轉到備援資料中心");
    }

    @Test
    void aRunKeepsTheTextsThatItShows() throws IOException {
        CommandLineRunner.Result result = run("run", "tiny", "--language", "de");

        assertThat(result.out()).contains("Fragen");
        try (var runs = Files.list(folder.resolve("runs"))) {
            Path kept = runs.findFirst().orElseThrow();
            assertThat(kept.resolve("runbook.de.yaml")).exists();
            CommandLineRunner.Result resumed = run("resume", kept.toString(), "--language", "de", "--approve", "1=yes");
            assertThat(resumed.exit()).as(resumed.err()).isEqualTo(ExitCode.DONE);
            assertThat(resumed.out()).contains("Fragen");
        }
    }

    @Test
    void textsAreNoRunbook() {
        CommandLineRunner.Result result = run("plan", "tiny.de.yaml");

        assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("the texts of a runbook");
    }

    @Test
    void lintLooksAtARunbookTogetherWithItsTexts() throws IOException {
        Files.writeString(folder.resolve("tiny.de.yaml"), "texts-of: tiny\nsteps:\n  2: {title: Fragen}\n");

        for (String named : new String[] {"tiny.yaml", "tiny.de.yaml", ".", "*.yaml"}) {
            CommandLineRunner.Result result = run("lint", named);
            assertThat(result.exit()).as(named).isEqualTo(ExitCode.FINDINGS);
            assertThat(result.out()).containsOnlyOnce("tiny.de.yaml:3:3: The runbook has no step 2.");
        }
    }

    @Test
    void textsWithoutARunbookAreAMistake() throws IOException {
        Files.delete(folder.resolve("tiny.yaml"));

        assertThat(run("lint", ".").out()).contains("There is no runbook for this file.");
    }

    private CommandLineRunner.Result run(String... arguments) {
        return new CommandLineRunner(folder).run(arguments);
    }
}
