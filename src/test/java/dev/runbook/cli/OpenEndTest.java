package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.journal.Entry;
import dev.runbook.journal.JournalReader;
import dev.runbook.runs.RunFolder;
import dev.runbook.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A journal that was cut off at a line end is whole by its hashes; a second file tells where it ended. */
class OpenEndTest {
    private static final String MAY_BE_MISSING = "lines are missing at the end of the journal cannot be told";

    @TempDir
    Path folder;

    private CommandLineRunner runner;

    @BeforeEach
    void stopsBeforeTheSecondStep() throws IOException {
        Files.writeString(folder.resolve("two.yaml"), """
            runbook: two-questions
            title: Two questions
            steps:
              - {step: 1, title: Ask first, confirm: "One?"}
              - {step: 2, title: Ask again, confirm: "Two?"}
            """);
        runner = new CommandLineRunner(folder);
        assertThat(runner.run("run", "two.yaml", "--approve", "1=yes").exit()).isEqualTo(ExitCode.NEEDS_ANSWER);
    }

    @Test
    void aJournalThatGotShorterIsRefused() throws IOException {
        cut();

        for (CommandLineRunner.Result refused : List.of(run("resume"), run("rollback"), run("rollback", "--go"))) {
            assertThat(refused.exit()).isEqualTo(ExitCode.FINDINGS);
            assertThat(refused.err()).contains("lines are missing at its end", "nothing was begun");
        }
    }

    @Test
    void soIsOneWhoseEndIsKnownFromNoOtherPlace() throws IOException {
        cut();
        Files.delete(last());
        String before = Files.readString(folder().journal());

        for (CommandLineRunner.Result refused :
                List.of(run("resume", "--approve", "2=yes"), run("rollback"), run("rollback", "--go"))) {
            assertThat(refused.exit()).isEqualTo(ExitCode.FINDINGS);
            assertThat(refused.err()).contains(MAY_BE_MISSING, "--last HASH", "nothing was begun");
        }
        assertThat(folder().journal()).hasContent(before);
        assertThat(last()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "something else\n", "0000000000000000003 abc\n"})
    void soIsOneWhoseSecondFileSaysNothing(String content) throws IOException {
        Files.writeString(last(), content);

        assertThat(run("resume", "--approve", "2=yes").exit()).isEqualTo(ExitCode.FINDINGS);
    }

    @Test
    void whoeverLooksAtItIsTold() throws IOException {
        Files.delete(last());

        assertThat(run("status").out()).contains(MAY_BE_MISSING);
        assertThat(run("status", "--format", "json").out()).contains("\"linesMayBeMissing\" : true");
        assertThat(run("report").out()).contains(MAY_BE_MISSING);
        assertThat(runner.run("list").out()).contains("lines of its journal may be missing");
        assertThat(runner.run("list", "--format", "json").out()).contains("\"linesMayBeMissing\" : true");
        CommandLineRunner.Result verified = run("verify-journal");
        assertThat(verified.exit()).isEqualTo(ExitCode.FINDINGS);
        assertThat(verified.out()).contains(MAY_BE_MISSING, "--last HASH");
        assertThat(run("verify-journal", "--last", end().hash()).exit()).isEqualTo(ExitCode.DONE);
        assertThat(run("verify-journal", "--last", first().hash()).exit()).isEqualTo(ExitCode.FINDINGS);
    }

    @Test
    void aRunWhoseEndIsKnownSaysNothingOfIt() throws IOException {
        assertThat(run("status").out()).doesNotContain("missing");
        assertThat(run("status", "--format", "json").out()).contains("\"linesMayBeMissing\" : false");
        assertThat(run("report").out())
                .contains("lines, whole; the last hash is")
                .doesNotContain(MAY_BE_MISSING);
        assertThat(runner.run("list").out()).doesNotContain("missing");
        assertThat(run("verify-journal").exit()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void theHashThatTheRunPrintedIsTakenInItsPlaceAndTheJournalSaysSo() throws IOException {
        Files.delete(last());
        String hash = end().hash().substring(0, JournalReader.SHORT_HASH).toUpperCase(Locale.ROOT);
        long line = end().number();

        CommandLineRunner.Result resumed = run("resume", "--approve", "2=yes", "--last", hash);

        assertThat(resumed.exit()).as(resumed.err()).isEqualTo(ExitCode.DONE);
        assertThat(run("report").out())
                .contains("It was taken to end with line " + line + " (--last).")
                .doesNotContain(MAY_BE_MISSING);
        assertThat(last()).content().startsWith("%019d %s".formatted(end().number(), end().hash()));
    }

    @Test
    void aNoteAndAnEndByHandWantItToo() throws IOException {
        Files.delete(last());

        assertThat(run("note", "seen").exit()).isEqualTo(ExitCode.FINDINGS);
        assertThat(run("note", "seen", "--last", end().hash()).exit()).isEqualTo(ExitCode.DONE);
        assertThat(run("report").out()).contains("(--last).", "seen").doesNotContain(MAY_BE_MISSING);
    }

    @Test
    void aHashOfAnotherLineIsRefusedAlsoWhereTheEndIsKnown() throws IOException {
        CommandLineRunner.Result refused = run("resume", "--approve", "2=yes", "--last", first().hash());

        assertThat(refused.exit()).isEqualTo(ExitCode.FINDINGS);
        assertThat(refused.err()).contains("not the one of --last", "nothing was begun");
        assertThat(run("rollback", "--last", "12").err()).contains("--last 12 is no hash");
        assertThat(run("resume", "--approve", "2=yes", "--last", end().hash()).exit())
                .isEqualTo(ExitCode.DONE);
    }

    @Test
    void aJournalOfAnEarlierVersionNeedsNoSecondFile() throws IOException {
        Path kept = Path.of("src/test/resources/journals/1/failed/journal.jsonl");
        Files.copy(kept, Files.createDirectories(folder.resolve("runs/old")).resolve("journal.jsonl"));

        CommandLineRunner.Result verified = runner.run("verify-journal", "old");

        assertThat(verified.exit()).isEqualTo(ExitCode.DONE);
        assertThat(verified.out()).contains("begun by an earlier version", "would not be noticed");
        assertThat(runner.run("rollback", "old").err()).doesNotContain("--last");
    }

    /** Without its last three lines. */
    private void cut() throws IOException {
        List<String> lines = Files.readAllLines(folder().journal());
        Files.write(folder().journal(), lines.subList(0, lines.size() - 3));
    }

    private CommandLineRunner.Result run(String command, String... more) throws IOException {
        return runner.run(Stream.concat(Stream.of(command, folder().id()), Stream.of(more))
                .toArray(String[]::new));
    }

    private Entry first() throws IOException {
        return read().entries().get(0);
    }

    private Entry end() throws IOException {
        return read().end();
    }

    private JournalReader.Read read() throws IOException {
        return ((JournalReader.Result.Whole) folder().read()).read();
    }

    private Path last() throws IOException {
        return folder().journal().resolveSibling("journal.jsonl.last");
    }

    private RunFolder folder() throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
            return new RunFolder(runs.findFirst().orElseThrow());
        }
    }
}
