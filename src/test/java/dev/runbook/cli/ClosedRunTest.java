package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.event.Actor;
import dev.runbook.runs.RunArchive;
import dev.runbook.runs.RunFolder;
import dev.runbook.runs.RunLock;
import dev.runbook.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done with runs after the night: closed, annotated, deleted. */
class ClosedRunTest {
    @TempDir
    Path folder;

    private CommandLineRunner runner;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectory(folder.resolve("from"));
        Files.writeString(folder.resolve("from/a.txt"), "a");
        Files.createDirectory(folder.resolve("to"));
        Files.writeString(folder.resolve("copy.yaml"), """
            runbook: copy
            variables:
              from: {type: path, description: where it lies, default: '%1$s/from'}
              to: {type: path, description: where it goes, default: '%1$s/to'}
              wait: {type: boolean, description: whether it waits, default: true}
            steps:
              - {step: 1, title: Copy it, copy-files: {from: '{{from}}', to: '{{to}}', include: '*.txt'}}
              - {step: 2, title: Ask, when: wait, confirm: 'Is it there?'}
            """.formatted(folder));
        Files.writeString(folder.resolve("failing.yaml"), """
            runbook: failing
            variables:
              ready: {type: boolean, description: whether it may begin, default: false}
            steps:
              - {step: 1, title: See, require: ready}
            """);
        runner = new CommandLineRunner(folder);
    }

    @Test
    void aClosedRunStandsInNobodysWay() {
        runner.run("run", "copy.yaml");
        assertThat(runner.run("run", "copy.yaml").exit()).isEqualTo(ExitCode.RESUME_NEEDED);

        CommandLineRunner.Result closed = runner.run("close", run(), "--reason", "the drill was called off");

        assertThat(closed.exit()).isEqualTo(ExitCode.DONE);
        assertThat(closed.err()).contains("is closed").contains("changed something, which remains: 1.");
        assertThat(runner.run("status", run()).out()).contains("closed").doesNotContain("go on with");
        assertThat(runner.run("report", run()).out()).contains("Closed by jdoe@jump1: the drill was called off");
        assertThat(runner.run("resume", run()).err()).contains("is over");
        assertThat(runner.run("close", run(), "--reason", "again").exit()).isEqualTo(ExitCode.USAGE);
        assertThat(runner.run("verify-journal", run()).exit()).isEqualTo(ExitCode.DONE);
        assertThat(runner.run("run", "copy.yaml").exit()).isEqualTo(ExitCode.NEEDS_ANSWER);
    }

    @Test
    void whatAClosedRunChangedCanStillBeTakenBack() {
        runner.run("run", "copy.yaml");
        runner.run("close", run(), "--reason", "called off");

        assertThat(runner.run("rollback", run(), "--go").exit()).isEqualTo(ExitCode.DONE);
        assertThat(folder.resolve("to/a.txt")).doesNotExist();
    }

    @Test
    void theSameCommandForAClosedRunEndsAsTheRunStands() {
        runner.run("run", "copy.yaml", "--id", "night");
        runner.run("close", "night", "--reason", "called off");
        assertThat(runner.run("run", "copy.yaml", "--id", "night").exit()).isEqualTo(ExitCode.FAILED_CHANGED);

        runner.run("run", "failing.yaml", "--id", "drill");
        runner.run("close", "drill", "--reason", "called off");
        assertThat(runner.run("run", "failing.yaml", "--id", "drill").exit()).isEqualTo(ExitCode.FAILED_UNCHANGED);
    }

    @Test
    void aRunThatFailedAndChangedNothingStandsInNobodysWay() {
        assertThat(runner.run("run", "failing.yaml").exit()).isEqualTo(ExitCode.FAILED_UNCHANGED);
        assertThat(runner.run("run", "failing.yaml", "--var", "ready=true").exit())
                .isEqualTo(ExitCode.DONE);
    }

    @Test
    void aNoteAndAReasonAreInTheJournalAndChangeNothing() throws IOException {
        runner.run("run", "copy.yaml", "--reason", "CHG123");
        assertThat(runner.run("status", run()).out()).contains("CHG123 (jdoe@jump1)");

        CommandLineRunner.Result note = runner.run("note", run(), "see INC456\u001b[2J", "--by", "alice");

        assertThat(note.exit()).isEqualTo(ExitCode.DONE);
        assertThat(runner.run("status", run()).out())
                .contains("see INC456 [2J (alice, as jdoe@jump1)")
                .contains("needs answer")
                .contains("go on with");
        assertThat(runner.run("resume", run(), "--approve", "2=yes").exit()).isEqualTo(ExitCode.DONE);
        assertThat(runner.run("note", run(), "and more").exit()).isEqualTo(ExitCode.DONE);
        assertThat(runner.run("list").out()).contains("done");
        assertThat(runner.run("note", run(), " ").exit()).isEqualTo(ExitCode.USAGE);
        assertThat(Files.readString(folder.resolve("runs").resolve(run()).resolve("journal.jsonl")))
                .contains("and more");
    }

    @Test
    void whileARunIsUnderWayNothingIsWrittenToItFromOutside() throws IOException {
        runner.run("run", "copy.yaml");
        RunFolder run = new RunFolder(folder.resolve("runs").resolve(run()));
        byte[] before = Files.readAllBytes(run.journal());
        try (RunLock lock = RunLock.of(run, new Actor("asmith", "jump2", 7, "0.1.0"), CommandLineRunner.NOW)
                .orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThat(runner.run("note", run.id(), "hello").exit()).isEqualTo(ExitCode.BUSY);
            assertThat(runner.run("close", run.id(), "--reason", "why").exit()).isEqualTo(ExitCode.BUSY);
        }
        assertThat(run.journal()).hasBinaryContent(before);
    }

    @Test
    void pruneDeletesOldRunsThatAreOverAndNoOther() throws IOException {
        runner.run("run", "copy.yaml", "--id", "over", "--var", "wait=false");
        runner.run("run", "copy.yaml", "--id", "paused");
        runner.run("run", "copy.yaml", "--id", "closed");
        runner.run("close", "closed", "--reason", "called off");
        runner.run("run", "copy.yaml", "--id", "kept", "--var", "wait=false");
        Files.writeString(folder.resolve("runs/kept/minutes.txt"), "who was there");
        CommandLineRunner later = runner.later(Duration.ofDays(91));
        later.run("run", "copy.yaml", "--id", "new", "--var", "wait=false");

        CommandLineRunner.Result shown = later.run("prune", "--older-than", "90d");
        assertThat(shown.out()).contains("over", "closed", "kept").doesNotContain("paused", "new");
        assertThat(shown.err()).contains("3 runs. Nothing was deleted.");
        assertThat(runs()).containsExactly("closed", "kept", "new", "over", "paused");

        CommandLineRunner.Result gone = later.run("prune", "--older-than", "90d", "--go");
        assertThat(gone.exit()).isEqualTo(ExitCode.FINDINGS);
        assertThat(gone.err()).contains("Left: ").contains("2 deleted.");
        assertThat(runs()).containsExactly("kept", "new", "paused");
        assertThat(folder.resolve("runs/kept/minutes.txt")).exists();
        assertThat(later.run("prune", "--older-than", "12h").exit()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void pruneDeletesNothingThroughALink() throws IOException {
        runner.run("run", "copy.yaml", "--id", "over", "--var", "wait=false", "--runs", "elsewhere");
        Files.createDirectory(folder.resolve("runs"));
        Files.createSymbolicLink(folder.resolve("runs/linked"), folder.resolve("elsewhere/over"));

        CommandLineRunner.Result left = runner.later(Duration.ofDays(91)).run("prune", "--older-than", "90d", "--go");

        assertThat(left.exit()).isEqualTo(ExitCode.FINDINGS);
        assertThat(left.err()).contains("linked is a link", "0 deleted.");
        assertThat(folder.resolve("elsewhere/over/journal.jsonl")).exists();
        assertThat(runs()).containsExactly("linked");
    }

    private List<String> runs() throws IOException {
        try (Stream<Path> folders = Files.list(folder.resolve("runs"))) {
            return folders.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    private String run() {
        return new RunArchive(folder.resolve("runs")).runs().get(0).folder().id();
    }
}
