package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runbook.event.Actor;
import dev.runbook.runs.RunArchive;
import dev.runbook.runs.RunFolder;
import dev.runbook.runs.RunLock;
import dev.runbook.terminal.ExitCode;
import dev.runbook.windows.WindowsError;
import dev.runbook.windows.WindowsFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands whose current folder is a drive of Windows, and whose runs are kept at the root of a share. */
class RunsOnAShareTest {
    private static final String TWO = """
        runbook: two
        variables:
          word: {type: text, description: A word., default: one}
          late: {type: text, description: Another., default: two}
        steps:
          - {step: 1, title: Ask, description: First., confirm: 'Is it {{word}} of {{run.id}}?'}
          - {step: 2, title: Ask again, description: Then., confirm: 'Is it {{late}}?'}
        """;

    @TempDir
    private Path disk;

    private WindowsFiles windows;
    private Path share;
    private CommandLineRunner commands;

    @BeforeEach
    void make() throws IOException {
        windows = new WindowsFiles(disk);
        share = windows.folder("\\\\fs2\\runs");
        Files.writeString(windows.getPath("C:\\work\\two.yaml"), TWO);
        commands = new CommandLineRunner(windows.getPath("C:\\work")).with("OS", "Windows_NT");
    }

    @Test
    void aRunBeginsIsLookedAtAndIsResumedToItsEnd() throws IOException {
        String run = begun();

        assertThat(run("list").out()).contains(run);
        assertThat(run("status", run).exit()).isEqualTo(ExitCode.DONE);
        assertThat(run("resume", run, "--approve", "2=yes").exit()).isEqualTo(ExitCode.DONE);
        assertThat(run("verify-journal", run).exit()).isEqualTo(ExitCode.DONE);
        assertThat(run("report", run).out()).contains("Ask again");
    }

    @Test
    void lookingNeedsNoRightToWrite() throws IOException {
        String run = begun();
        windows.makeReadOnly(share);

        for (List<String> look : List.of(
                List.of("list"), List.of("status", run), List.of("report", run), List.of("verify-journal", run))) {
            assertThat(run(look.toArray(String[]::new)).exit()).as(look.get(0)).isEqualTo(ExitCode.DONE);
        }
        CommandLineRunner.Result resumed = run("resume", run, "--approve", "2=yes");
        assertThat(resumed.exit()).as(resumed.err()).isEqualTo(ExitCode.USAGE);
        assertThat(resumed.err()).contains("may not");
    }

    @Test
    void aRunOfAColleagueThatMayNotBeReadKeepsNobodyFromBeginning() throws IOException {
        String closed = begun();
        windows.say(share + closed, WindowsError.ACCESS_DENIED);
        Path broken = windows.folder(share + "broken");
        Files.writeString(broken.resolve("journal.jsonl"), "{");

        CommandLineRunner.Result second = run("run", "two.yaml", "--approve", "1=yes", "--approve", "2=yes");

        assertThat(second.exit()).as(second.err()).isEqualTo(ExitCode.DONE);
        CommandLineRunner.Result list = run("list");
        assertThat(list.exit()).as(list.err()).isEqualTo(ExitCode.DONE);
        assertThat(list.out()).contains("journal is broken", closed);
    }

    @Test
    void whoeverTakesARunOverDeletesNoLockThatIsOpen() throws IOException {
        RunFolder run = new RunArchive(share).makeExactly("r1", false).orElseThrow();
        Actor jdoe = new Actor("jdoe", "jump1", 42, "1");
        Actor asmith = new Actor("asmith", "jump2", 43, "1");
        try (RunLock first = RunLock.of(run, jdoe, Instant.EPOCH).orElseThrow()) {
            assertThat(first.lostTo()).isEmpty();
            try (RunLock second = RunLock.takeOver(run, asmith, Instant.EPOCH).orElseThrow()) {
                assertThat(windows.isVanishing(run.path().resolve("lock"))).isFalse();
                assertThat(first.lostTo().orElseThrow()).contains("asmith@jump2");
                assertThat(second.lostTo()).isEmpty();
                assertThat(RunLock.held(run)).isEqualTo(RunLock.Held.YES);
            }
            assertThat(first.lostTo()).isPresent();
        }
    }

    @Test
    void aLockThatSomebodyDeletesWhileItIsOpenIsNeitherFreeNorKept() throws IOException {
        RunFolder run = new RunArchive(share).makeExactly("r1", false).orElseThrow();
        Actor jdoe = new Actor("jdoe", "jump1", 42, "1");
        try (RunLock lock = RunLock.of(run, jdoe, Instant.EPOCH).orElseThrow()) {
            Files.delete(run.path().resolve("lock"));
            Files.delete(run.path().resolve("lock.owner"));

            assertThat(windows.isVanishing(run.path().resolve("lock"))).isTrue();
            assertThat(RunLock.held(run)).isEqualTo(RunLock.Held.UNKNOWN);
            assertThatThrownBy(lock::lostTo).isInstanceOf(IOException.class);
        }
        assertThat(RunLock.held(run)).isEqualTo(RunLock.Held.NO);
    }

    @Test
    void valuesThatAScannerKeepsFromTheirPlaceCountAllTheSame() throws IOException {
        String run = begun();
        windows.hold(windows.getPath(share + run + "\\site.yaml"));

        CommandLineRunner.Result first = run("resume", run, "--var", "late=other");
        assertThat(first.exit()).as(first.err()).isEqualTo(ExitCode.NEEDS_ANSWER);
        assertThat(Files.readString(windows.getPath(share + run + "\\site.yaml")))
                .doesNotContain("other");

        windows.release(windows.getPath(share + run + "\\site.yaml"));
        CommandLineRunner.Result second = run("resume", run);
        assertThat(second.out()).contains("Is it other?");
        assertThat(Files.readString(windows.getPath(share + run + "\\site.yaml")))
                .contains("other");
    }

    @Test
    void aRunIsItselfInAFolderOfAnotherName() throws IOException {
        String run = begun();
        Path moved = share.resolve("COPY OF IT");
        Files.move(share.resolve(run), moved);

        CommandLineRunner.Result status = run("status", "copy of it");
        assertThat(status.exit()).as(status.err()).isEqualTo(ExitCode.DONE);
        CommandLineRunner.Result resumed = run("resume", "copy of it", "--again", "1", "--approve", "1=yes");
        assertThat(resumed.out() + resumed.err()).contains("Is it one of " + run + "?");
    }

    @Test
    void aShareThatIsLostMeanwhileEndsTheRunWithTheCommandThatResumesIt() throws IOException {
        String run = begun();
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8) {
            @Override
            public void println(String line) {
                super.println(line);
                if (line.contains("2  Ask again")) {
                    windows.lose(share.toString());
                }
            }
        };
        CommandLineRunner.Result lost =
                commands.to(out).run("resume", run, "--runs", share.toString(), "--approve", "2=yes");

        assertThat(lost.exit()).as(shown + lost.err()).isEqualTo(ExitCode.RESUME_NEEDED);
        assertThat(lost.err())
                .contains("cannot be written", "Nothing more was touched", "resume \\\\fs2\\runs\\" + run);
    }

    @Test
    void aNameThatWindowsForbidsIsAMistakeOfTheCommand() {
        for (List<String> words : List.of(
                List.of("run", "two.yaml", "--vars", "a|b.yaml"),
                List.of("run", "two.yaml", "--id", "a:b<c"),
                List.of("run", "tw?o.yaml"),
                List.of("status", "a*b"),
                List.of("plan", "two.yaml", "--out", "a>b"))) {
            CommandLineRunner.Result result = run(words.toArray(String[]::new));
            assertThat(result.exit()).as(words + " " + result.err()).isEqualTo(ExitCode.USAGE);
            assertThat(result.err()).as(words.toString()).doesNotContain("Exception");
        }
    }

    /** A run whose second question is open. */
    private String begun() throws IOException {
        CommandLineRunner.Result first = run("run", "two.yaml", "--approve", "1=yes");
        assertThat(first.exit()).as(first.err()).isEqualTo(ExitCode.NEEDS_ANSWER);
        try (Stream<Path> runs = Files.list(share)) {
            return runs.map(each -> each.getFileName().toString()).findFirst().orElseThrow();
        }
    }

    private CommandLineRunner.Result run(String... words) {
        boolean plans = words[0].equals("plan");
        return commands.run(
                Stream.concat(Stream.of(words), plans ? Stream.empty() : Stream.of("--runs", share.toString()))
                        .toArray(String[]::new));
    }
}
