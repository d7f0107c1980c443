package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the world answers is shown to people, and does nothing to what they see; a run acts on it as it is. */
class HostileTextTest {
    private static final String NAME = "a\u001b[2K\rDONE. All is well.\nb\u202egpj.trn";
    private static final String RUNBOOK = """
        runbook: hostile
        title: Hostile texts
        variables:
          from: {type: path, description: a folder}
          to: {type: path, description: a folder}
        facts:
          files: {files: '{{from}}/*'}
          none of them: {files: '{{from}}/*', expect: {name: other}}
        steps:
          - step: 1
            title: Keep the name
            remember: {file: files}
            confirm: Copy {{file.name}}?
          - step: 2
            title: Copy
            copy-files: {from: '{{from}}', to: '{{to}}', include: '*'}
          - step: 3
            title: Fail
            require: none of them
        """;

    @TempDir
    Path folder;

    private CommandLineRunner runner;
    private CommandLineRunner.Result result;

    @BeforeEach
    void run() throws IOException {
        Files.writeString(folder.resolve("hostile.yaml"), RUNBOOK);
        Files.writeString(Files.createDirectory(folder.resolve("from")).resolve(NAME), "abc");
        Files.createDirectory(folder.resolve("to"));
        runner = new CommandLineRunner(folder);
        result = runner.run(
                "run",
                "hostile.yaml",
                "--var",
                "from=" + folder.resolve("from"),
                "--var",
                "to=" + folder.resolve("to"),
                "--approve",
                "1=yes");
    }

    @Test
    void neitherScreenNorReportNorStatusHoldsASignThatActs() throws IOException {
        String id = journal().getParent().getFileName().toString();

        assertThat(result.out()).contains("Copy a<U+001B>[2K DONE. All is well. b<U+202E>gpj.trn?");
        for (String text : List.of(
                result.out(),
                result.err(),
                runner.run("status", id).out(),
                runner.run("report", id).out(),
                runner.run("list").out(),
                Files.readString(journal()))) {
            assertThat(text).doesNotContain("\u001b", "\r", "\u202e");
            assertThat(text.lines()).noneMatch(line -> line.startsWith("DONE. All is well."));
        }
    }

    @Test
    void theRunActsOnTheNameAsItIs() throws IOException {
        assertThat(result.exit()).isEqualTo(ExitCode.FAILED_CHANGED);
        assertThat(folder.resolve("to").resolve(NAME)).hasContent("abc");

        runner.run("rollback", journal().getParent().getFileName().toString(), "--go");

        assertThat(folder.resolve("to")).isEmptyDirectory();
    }

    private Path journal() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("runs"))) {
            return all.filter(path -> path.getFileName().toString().equals("journal.jsonl"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
