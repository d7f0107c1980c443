package dev.runbook.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.runbook.event.Actor;
import dev.runbook.event.RunEvent;
import dev.runbook.runs.RunArchive;
import dev.runbook.runs.RunFolder;
import dev.runbook.runs.RunLock;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two processes and one run: whatever the first is doing, one of them works on it, and the other says who does. */
@Tag("process")
class OneWriterTest {
    private static final int NEEDS_ANSWER = 7;
    private static final int BUSY = 75;

    @TempDir
    static Path folder;

    private static Drill drill;

    @BeforeAll
    static void startsAnEstate() {
        drill = Drill.start(folder, "dc1-lost", new Drill.Pace("3s", "30ms"));
        String two = Runbooks.twoBackups().replace("steps:\n", """
                steps:
                  - step: 0
                    title: A question
                    confirm: Shall it be?
                """);
        drill.write("two.yaml", two);
        drill.write("word.yaml", "word: hush-hush-1\n");
        drill.write(
                "secret.yaml",
                two.replace("runbook: two-backups", "runbook: secret")
                        .replace("variables:\n", "variables:\n  word: {type: secret, description: a word}\n"));
    }

    @AfterAll
    static void endsTheEstate() {
        drill.close();
    }

    /** What the first process is doing when the second comes. */
    private enum Moment {
        /** A secret is asked for before anything else: what is known of the run by then may be hours old. */
        AT_A_PROMPT {
            @Override
            First reach(String runs) {
                Path run = paused("secret.yaml", runs, "--vars", "word.yaml");
                Window window = Window.open(folder, command("resume", run));
                window.await("word: ");
                return new First(run, window, null);
            }

            @Override
            void goOn(First first) {
                first.window.type("hush-hush-1");
            }
        },
        /** A step asks, and a person thinks about it. */
        AT_A_QUESTION {
            @Override
            First reach(String runs) {
                Path run = paused("two.yaml", runs);
                Window window = Window.open(folder, "resume", run.toString(), "--vars", "site.yaml");
                window.await("Type yes to continue");
                return new First(run, window, null);
            }

            @Override
            void goOn(First first) {
                first.window.type("yes");
            }
        },
        /** A step is done, and the next has not begun: the process is stopped there. */
        BETWEEN_STEPS {
            @Override
            First reach(String runs) {
                Path run = paused("two.yaml", runs);
                Program program = drill.begin(command("resume", run));
                program.await(" done  ");
                program.signal("STOP");
                return new First(run, null, program);
            }

            @Override
            void goOn(First first) {
                first.program.signal("CONT");
            }
        },
        /** A statement is under way. */
        IN_A_STEP {
            @Override
            First reach(String runs) {
                Path run = paused("two.yaml", runs);
                Program program = drill.begin(command("resume", run));
                program.await(": BACKUP DATABASE");
                return new First(run, null, program);
            }

            @Override
            void goOn(First first) {
                // it does by itself
            }
        };

        abstract First reach(String runs);

        abstract void goOn(First first);
    }

    /** The first process, in a window or without a terminal. */
    private record First(Path run, Window window, Program program) implements AutoCloseable {
        void await(String text) {
            if (window != null) {
                window.await(text);
            } else {
                program.await(text);
            }
        }

        @Override
        public void close() {
            if (window != null) {
                window.close();
            } else {
                program.close();
            }
        }
    }

    static Stream<Arguments> pairs() {
        return moments().flatMap(moment -> Stream.of("resume", "rollback").map(second -> Arguments.of(moment, second)));
    }

    @ParameterizedTest(name = "{0}, then {1}")
    @MethodSource("pairs")
    void whileOneProcessHasTheRunASecondOneIsToldWhoHasItAndChangesNothing(Moment moment, String second)
            throws IOException {
        assumeTrue(!moment.name().startsWith("AT_A") || Window.isPossible());
        try (First first = moment.reach("pair-" + moment + "-" + second)) {
            Program.Ended ended = drill.run(command(second, first.run));

            assertThat(ended.exit()).as(ended.printed()).isEqualTo(BUSY);
            assertThat(ended.printed())
                    .contains(
                            first.run + " is being worked on by " + System.getProperty("user.name") + "@", "since 20");
            moment.goOn(first);
            first.await("DONE.");
        }
        assertThat(backups(moment, second)).as("each is sent once").isEqualTo(2);
    }

    /** On this computer nobody takes over from a process that lives, so it has to look as if it were another one. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("moments")
    void aProcessThatWasTakenForGoneWritesAndSendsNothingMoreAndSaysWhoHasTheRun(Moment moment) throws IOException {
        assumeTrue(!moment.name().startsWith("AT_A") || Window.isPossible());
        try (First first = moment.reach("taken-" + moment)) {
            pretendElsewhere(first.run);
            String[] takeOver = Stream.concat(
                            Stream.of(command("resume", first.run)),
                            moment == Moment.AT_A_PROMPT
                                    ? Stream.of("--take-over", "--vars", "word.yaml")
                                    : Stream.of("--take-over"))
                    .toArray(String[]::new);
            try (Program second = drill.begin(takeOver)) {
                second.await("Taken over from " + System.getProperty("user.name") + "@elsewhere");
                moment.goOn(first);
                first.await(" now: this process was taken for gone");
                Program.Ended ended = second.end();

                assertThat(ended.exit()).as(ended.printed()).isZero();
            }
            if (first.program != null) {
                assertThat(first.program.end().exit())
                        .as(first.program.printed())
                        .isEqualTo(BUSY);
            }
        }
        assertThat(backups(moment, "taken")).as("each is sent once").isEqualTo(2);
    }

    /** All of them with {@code -Dwriters.all=true}, which the profile full sets; else the one at which something is on its way. */
    static Stream<Moment> moments() {
        return Boolean.getBoolean("writers.all") ? Stream.of(Moment.values()) : Stream.of(Moment.IN_A_STEP);
    }

    @Test
    void ofTwoWhoTakeOverAtOnceOneWins() throws IOException {
        try (First first = Moment.BETWEEN_STEPS.reach("take-overs")) {
            pretendElsewhere(first.run);
            List<Program> others = IntStream.range(0, 4)
                    .mapToObj(unused ->
                            drill.begin(Stream.concat(Stream.of(command("resume", first.run)), Stream.of("--take-over"))
                                    .toArray(String[]::new)))
                    .toList();
            try {
                List<Integer> exits = others.stream()
                        .map(other -> other.end().exit())
                        .sorted()
                        .toList();
                assertThat(exits).as(others.get(0).printed()).containsExactly(0, BUSY, BUSY, BUSY);
            } finally {
                others.forEach(Program::close);
            }
        }
        assertThat(Drill.sent(drill.runs("take-overs").get(0), "2")).hasSize(1);
    }

    @Test
    void askingWhetherARunIsUnderWayTakesNothingFromTheProcessThatHasIt() throws IOException {
        RunFolder run = new RunFolder(paused("two.yaml", "asked"));
        Actor me = new Actor(
                "jdoe",
                InetAddress.getLocalHost().getHostName(),
                ProcessHandle.current().pid(),
                "1");
        try (RunLock lock = RunLock.of(run, me, Instant.now()).orElseThrow()) {
            assertThat(RunLock.isHeld(run)).isTrue();
            assertThat(RunLock.owner(run)).isPresent();
            assertThat(new RunArchive(run.path().getParent()).runs()).allMatch(RunArchive.Found::underWay);
            assertThat(RunLock.of(run, me, Instant.now())).isEmpty();
            assertThat(lock.lostTo()).isEmpty();

            Program.Ended other = drill.run(command("resume", run.path()));

            assertThat(other.exit()).as(other.printed()).isEqualTo(BUSY);
        }
    }

    @Test
    void startsAtOnceInOneFolderHaveFoldersOfTheirOwn() {
        drill.write("question.yaml", Runbooks.asking());
        List<Program> starts = IntStream.range(0, 6)
                .mapToObj(unused ->
                        drill.begin("run", "question.yaml", "--new", "--runs", "collide", "--approve", "1=yes"))
                .toList();
        for (Program start : starts) {
            assertThat(start.end().exit()).as(start.printed()).isZero();
            start.close();
        }
        assertThat(drill.runs("collide"))
                .hasSize(6)
                .allSatisfy(run -> assertThat(Drill.events(run)).anyMatch(RunEvent.StepDone.class::isInstance));
    }

    @Test
    void theSameCommandBeginsARunOfThatNameResumesItAndSaysHowItEnded() {
        drill.write("question.yaml", Runbooks.asking());
        List<String> line = List.of("run", "question.yaml", "--id", "night", "--runs", "named");
        List<String> answered = new ArrayList<>(line);
        answered.addAll(List.of("--approve", "1=yes"));

        assertThat(run(line).exit()).isEqualTo(NEEDS_ANSWER);
        Program.Ended second = run(answered);
        assertThat(second.exit()).as(second.printed()).isZero();
        Program.Ended third = run(line);

        assertThat(third.exit()).as(third.printed()).isZero();
        assertThat(third.printed()).contains("The run night is over: DONE.");
        assertThat(drill.runs("named")).singleElement().satisfies(run -> {
            assertThat(run.getFileName()).hasToString("night");
            assertThat(Drill.events(run))
                    .filteredOn(RunEvent.RunResumed.class::isInstance)
                    .hasSize(1);
        });
    }

    @Test
    void aRunOfThatNameThatTookEverythingBackEndsTheSameWayAgain() {
        drill.write("failing.yaml", Runbooks.failing());
        List<String> line = List.of(
                "run",
                "failing.yaml",
                "--id",
                "back",
                "--runs",
                "named-back",
                "--vars",
                "site.yaml",
                "--on-failure",
                "rollback");

        int first = run(line).exit();
        Program.Ended second = run(line);

        assertThat(second.exit()).as(second.printed()).isEqualTo(first).isEqualTo(3);
        assertThat(second.printed()).contains("The run back is over: ROLLED BACK.");
    }

    @Test
    void ofTwoCommandsForTheSameNameAtOnceOneWorksAndTheOtherIsBusy() {
        List<String> line = List.of(
                "run",
                "two.yaml",
                "--id",
                "both",
                "--runs",
                "named-twice",
                "--vars",
                "site.yaml",
                "--approve",
                "0=yes");
        List<Program> starts = IntStream.range(0, 3)
                .mapToObj(unused -> drill.begin(line.toArray(String[]::new)))
                .toList();
        List<Integer> exits =
                starts.stream().map(start -> start.end().exit()).sorted().toList();
        starts.forEach(Program::close);

        assertThat(exits).as(starts.get(0).printed()).containsExactly(0, BUSY, BUSY);
        assertThat(Drill.sent(drill.runs("named-twice").get(0), "1")).hasSize(1);
    }

    @Test
    void aNameThatBelongsToAFolderOfSomethingElseIsRefusedAndNothingThereIsTouched() throws IOException {
        Path mine = Files.createDirectories(folder.resolve("foreign").resolve("litware"));
        Files.writeString(mine.resolve("site.yaml"), "pool: x\n");
        drill.write("question.yaml", Runbooks.asking());

        Program.Ended ended = drill.run("run", "question.yaml", "--id", "litware", "--runs", "foreign");

        assertThat(ended.exit()).as(ended.printed()).isEqualTo(2);
        assertThat(mine).isDirectoryContaining("glob:**site.yaml");
        assertThat(mine.resolve("site.yaml")).hasContent("pool: x\n");
    }

    private static Program.Ended run(List<String> line) {
        return drill.run(line.toArray(String[]::new));
    }

    /** A run that waits to be resumed, before its first step did anything. */
    private static Path paused(String runbook, String runs, String... more) {
        List<String> line = new ArrayList<>(List.of("run", runbook, "--vars", "site.yaml", "--runs", runs));
        line.addAll(List.of(more));
        Program.Ended ended = drill.run(line.toArray(String[]::new));
        assertThat(ended.exit()).as(ended.printed()).isEqualTo(NEEDS_ANSWER);
        return drill.runs(runs).get(0);
    }

    private static String[] command(String command, Path run) {
        List<String> line = new ArrayList<>(List.of(command, run.toString(), "--vars", "site.yaml"));
        line.addAll(command.equals("rollback") ? List.of("--go") : List.of("--approve", "0=yes"));
        return line.toArray(String[]::new);
    }

    private static long backups(Moment moment, String second) {
        String runs = second.equals("taken") ? "taken-" + moment : "pair-" + moment + "-" + second;
        Path run = drill.runs(runs).get(0);
        return Drill.sent(run, "1").size() + Drill.sent(run, "2").size();
    }

    private static void pretendElsewhere(Path run) throws IOException {
        Path owner = run.resolve("lock.owner");
        List<String> lines = new ArrayList<>(Files.readAllLines(owner));
        lines.set(1, "elsewhere");
        Files.write(owner, lines);
    }
}
