package dev.runbook.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.event.RunEvent;
import dev.runbook.journal.JournalFile;
import dev.runbook.journal.JournalReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("process")
class JournalTroubleTest {
    private static final int FINDINGS = 1;
    private static final int RESUME_NEEDED = 6;
    private static final int NEEDS_ANSWER = 7;
    private static final int OUTPUT_LOST = 74;

    @TempDir
    static Path folder;

    private static Drill drill;

    private static Path paused;

    @BeforeAll
    static void startsAnEstate() {
        drill = Procedure.FAILOVER.drill(folder, new Drill.Pace("1s", "30ms"));
    }

    @AfterAll
    static void endsTheEstate() {
        drill.close();
    }

    @Test
    void aFullDiskStopsTheRunAtOnceAndWithRoomItGoesOnToTheSameEnd() {
        List<String> line = new ArrayList<>(List.of("bash", "-c", "ulimit -f 60; exec \"$0\" \"$@\""));
        line.addAll(Program.line(Procedure.FAILOVER.runLine("--runs", "full")));
        try (Program run = Program.start(folder, line)) {
            Program.Ended ended = run.end();
            assertThat(ended.exit()).as(ended.printed()).isEqualTo(RESUME_NEEDED);
            assertThat(ended.printed())
                    .contains("journal.jsonl cannot be written", "Nothing more was touched.", "resume ")
                    .doesNotContain("\tat ");
        }
        Path run = drill.runs("full").get(0);
        List<RunEvent> kept = Drill.events(run);
        try (Program resumed = Procedure.FAILOVER.resume(drill, run)) {
            assertThat(resumed.end().exit()).as(resumed.printed()).isZero();
        }
        assertThat(Drill.events(run).subList(0, kept.size())).isEqualTo(kept);
        assertThat(drill.projection()).isEqualTo(Procedure.FAILOVER.uninterrupted());
    }

    /** A small disk of its own, with less and less room: wherever it gets full, nothing half made is left. */
    @Test
    void whereverADiskIsFullAtTheStartNothingIsBegunAndNoFolderIsLeft() throws IOException {
        Path disk = SmallDisk.mount(folder.resolve("small"));
        try {
            drill.write("asking.yaml", Runbooks.asking());
            int refused = 0;
            for (int room = 0; room <= 6; room++) {
                SmallDisk.fillUpTo(disk, room);
                Program.Ended ended = drill.run(
                        "run", "asking.yaml", "--runs", disk.resolve("runs").toString());
                List<Path> left = drill.runs(disk.resolve("runs").toString());

                assertThat(ended.printed()).as("room for %d pages", room).doesNotContain("Exception", "\tat ");
                if (ended.exit() == OUTPUT_LOST) {
                    refused++;
                    assertThat(left).as(ended.printed()).isEmpty();
                } else {
                    assertThat(ended.exit()).as(ended.printed()).isIn(RESUME_NEEDED, NEEDS_ANSWER);
                    assertThat(Drill.events(left.get(0))).isNotEmpty();
                }
                SmallDisk.clear(disk);
            }
            assertThat(refused).as("some of them have too little room").isPositive();
        } finally {
            SmallDisk.unmount(disk);
        }
    }

    @Test
    void whereverADiskIsFullAtAResumeTheFolderIsAsItWas() throws IOException {
        Path disk = SmallDisk.mount(folder.resolve("small"));
        try {
            int refused = 0;
            for (int room = 0; room <= 6; room++) {
                Path run = paused(disk.resolve("runs").toString());
                Map<String, String> before = SmallDisk.contents(run);
                SmallDisk.fillUpTo(disk, room);
                Program.Ended ended = drill.run("resume", run.toString());

                assertThat(ended.printed()).as("room for %d pages", room).doesNotContain("Exception", "\tat ");
                if (ended.exit() == RESUME_NEEDED && ended.printed().contains("the run is as it was")) {
                    refused++;
                    assertThat(SmallDisk.contents(run)).as(ended.printed()).isEqualTo(before);
                } else {
                    assertThat(ended.exit()).as(ended.printed()).isIn(RESUME_NEEDED, NEEDS_ANSWER);
                }
                SmallDisk.clear(disk);
            }
            assertThat(refused).as("some of them have too little room").isPositive();
        } finally {
            SmallDisk.unmount(disk);
        }
    }

    @Test
    void whatDoesNotFitIntoMemoryIsSaidInOneSentence() throws IOException {
        Path run = paused("large");
        JournalReader.Result read = new JournalReader().read(run.resolve("journal.jsonl"));
        String note = "x".repeat(1 << 20);
        try (JournalFile journal =
                JournalFile.goOn(((JournalReader.Result.Whole) read).read(), Clock.systemUTC(), entry -> {})) {
            for (int i = 0; i < 60; i++) {
                journal.append(new RunEvent.NoteTaken(note, "jdoe"));
            }
        }
        List<String> line = new ArrayList<>(Program.line("verify-journal", run.toString()));
        line.add(1, "-Xmx24m");
        try (Program program = Program.start(folder, line)) {
            Program.Ended ended = program.end();

            assertThat(ended.exit()).as(ended.printed()).isEqualTo(70);
            assertThat(ended.printed())
                    .contains("There is not enough memory for this", "-Xmx")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aJournalThatLostItsEndIsFoundAndNotTrusted() throws IOException {
        Path run = paused("end");
        Path journal = run.resolve("journal.jsonl");
        List<String> lines = Files.readAllLines(journal);
        Files.write(journal, lines.subList(0, lines.size() - 1));

        Program.Ended verified = drill.run("verify-journal", run.toString());
        assertThat(verified.exit()).as(verified.printed()).isEqualTo(FINDINGS);
        assertThat(verified.printed()).contains("lines are missing at its end");
        Program.Ended resumed = drill.run("resume", run.toString(), "--approve", "1=yes");
        assertThat(resumed.exit()).as(resumed.printed()).isEqualTo(FINDINGS);
        assertThat(journal).hasContent(String.join("\n", lines.subList(0, lines.size() - 1)) + "\n");
    }

    @Test
    void aHashThatWasKeptElsewhereFindsAJournalThatWasMadeAnew() throws IOException {
        Path run = paused("kept");
        Program.Ended first = drill.run("verify-journal", run.toString());
        String last = first.printed().replaceAll("(?s).*the last hash is ([0-9a-f]{64})\\..*", "$1");
        drill.run("resume", run.toString(), "--approve", "1=yes");

        Program.Ended longer = drill.run("verify-journal", run.toString(), "--last", last.substring(0, 16));
        assertThat(longer.exit()).as(longer.printed()).isZero();
        assertThat(longer.printed()).contains("up to there it is the journal of then");
        Program.Ended other = drill.run("verify-journal", run.toString(), "--last", "0123456789abcdef");
        assertThat(other.exit()).as(other.printed()).isEqualTo(FINDINGS);
    }

    @Test
    void aFolderThatIsTakenAwayStopsTheRunBeforeTheNextStep() throws IOException, InterruptedException {
        drill.write("two.yaml", Runbooks.twoBackups());
        try (Program run = drill.begin("run", "two.yaml", "--vars", "site.yaml", "--runs", "gone")) {
            run.await(": BACKUP DATABASE");
            Path there = drill.runs("gone").get(0);
            // the line is printed before it is sent, and a folder that is gone by then keeps it from being sent
            TimeUnit.MILLISECONDS.sleep(400);
            Path elsewhere = Files.move(there, folder.resolve("elsewhere"));
            Program.Ended ended = run.end();

            assertThat(ended.exit()).as(ended.printed()).isEqualTo(RESUME_NEEDED);
            assertThat(ended.printed()).contains("journal.jsonl cannot be written", "it is not there any more");

            Files.move(elsewhere, there);
            Program.Ended resumed = drill.run("resume", there.toString(), "--vars", "site.yaml");
            assertThat(resumed.exit()).as(resumed.printed()).isZero();
            assertThat(Drill.sent(there, "1")).hasSize(1);
            assertThat(Drill.sent(there, "2")).hasSize(1);
        }
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change("a word is another", "Line 2 of", lines -> {
                    String line = lines.get(1);
                    String changed = line.replaceFirst("\"event\":\"[^\"]+", "\"event\":\"warned");
                    assertThat(changed).isNotEqualTo(line);
                    lines.set(1, changed);
                    return lines;
                }),
                change("a line is missing", "Line 2 of", lines -> {
                    lines.remove(1);
                    return lines;
                }),
                change("two lines have changed places", "Line 2 of", lines -> {
                    lines.add(1, lines.remove(2));
                    return lines;
                }),
                change("a line is there twice", "Line 3 of", lines -> {
                    lines.add(2, lines.get(1));
                    return lines;
                }),
                change("the first line is missing", "Line 1 of", lines -> {
                    lines.remove(0);
                    return lines;
                }),
                change("nothing is left", "holds no run", lines -> new ArrayList<>()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void aJournalThatWasChangedIsFoundAndNotTrusted(String what, String says, UnaryOperator<List<String>> change)
            throws IOException {
        Path run = paused("changed-" + what.hashCode());
        Path journal = run.resolve("journal.jsonl");
        Files.write(journal, change.apply(new ArrayList<>(Files.readAllLines(journal))));
        String before = Files.readString(journal);

        Program.Ended verified = drill.run("verify-journal", run.toString());
        assertThat(verified.exit()).as(verified.printed()).isEqualTo(FINDINGS);
        assertThat(verified.printed()).contains(says);
        Program.Ended resumed = drill.run("resume", run.toString(), "--approve", "1=yes");
        assertThat(resumed.exit()).as(resumed.printed()).isEqualTo(FINDINGS);
        assertThat(resumed.printed()).contains(says, "nothing was begun");
        assertThat(journal).hasContent(before);
    }

    @Test
    void aTornLastLineDoesNoHarm() throws IOException {
        Path run = paused("torn");
        Files.writeString(run.resolve("journal.jsonl"), "{\"number\":9,\"ti", StandardOpenOption.APPEND);

        Program.Ended verified = drill.run("verify-journal", run.toString());
        assertThat(verified.exit()).as(verified.printed()).isZero();
        assertThat(verified.printed()).contains("cut off");
        Program.Ended resumed = drill.run("resume", run.toString(), "--approve", "1=yes");
        assertThat(resumed.exit()).as(resumed.printed()).isZero();
        assertThat(Drill.events(run)).anyMatch(RunEvent.StepDone.class::isInstance);
    }

    @Test
    void aPowerCutBeforeTheFirstLineLeavesNothingToTidyUp() throws IOException {
        Path run = paused("empty");
        Files.writeString(run.resolve("journal.jsonl"), "");

        Program.Ended next = drill.run("run", "asking.yaml", "--runs", "empty", "--approve", "1=yes");
        assertThat(next.exit()).as(next.printed()).isZero();
        assertThat(drill.run("list", "--runs", "empty").printed())
                .contains(run.getFileName().toString())
                .doesNotContain("\tat ");
    }

    /** A run that waits for its answer, in that folder of runs: all are copies of one. */
    private static Path paused(String runs) throws IOException {
        if (paused == null) {
            drill.write("asking.yaml", Runbooks.asking());
            Program.Ended ended = drill.run("run", "asking.yaml", "--runs", "paused");
            assertThat(ended.exit()).as(ended.printed()).isEqualTo(NEEDS_ANSWER);
            paused = drill.runs("paused").get(0);
        }
        Path copy = Files.createDirectories(folder.resolve(runs)).resolve(paused.getFileName());
        Files.copy(paused, copy, StandardCopyOption.COPY_ATTRIBUTES);
        try (Stream<Path> files = Files.list(paused)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return copy;
    }

    private static Arguments change(String what, String says, UnaryOperator<List<String>> change) {
        return Arguments.of(what, says, change);
    }
}
