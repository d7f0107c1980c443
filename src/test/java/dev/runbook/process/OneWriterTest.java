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
import java.util.Locale;
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
    private static final int FAILED_CHANGED = 4;
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
        drill.write("word.yaml", "word: hush-hush-1\n");
        drill.write("two.yaml", two);
        drill.write("two-secret.yaml", withSecret(two));
        drill.write("back.yaml", Runbooks.takenBack());
        drill.write("back-secret.yaml", withSecret(Runbooks.takenBack()));
    }

    private static String withSecret(String runbook) {
        return runbook.replace("runbook: ", "runbook: secret-")
                .replace("variables:\n", "variables:\n  word: {type: secret, description: a word}\n");
    }

    @AfterAll
    static void endsTheEstate() {
        drill.close();
    }

    /** What the first process does with the run. */
    private enum Work {
        RESUME("two", NEEDS_ANSWER, " done  ", "DONE.", "--approve", "0=yes"),
        ROLLBACK("back", FAILED_CHANGED, " undone  ", "ROLLED BACK.", "--go", "--approve", "2/undo=yes");

        private final String runbook;
        private final int waits;
        private final String stepOver;
        private final String over;
        private final List<String> unasked;

        Work(String runbook, int waits, String stepOver, String over, String... unasked) {
            this.runbook = runbook;
            this.waits = waits;
            this.stepOver = stepOver;
            this.over = over;
            this.unasked = List.of(unasked);
        }

        /** A run that waits for it. */
        Path ready(String runs, boolean secret, String... more) {
            List<String> line = new ArrayList<>(
                    List.of("run", runbook + (secret ? "-secret.yaml" : ".yaml"), "--vars", "site.yaml"));
            line.addAll(List.of("--runs", runs));
            line.addAll(List.of(more));
            Program.Ended ended = run(line);
            assertThat(ended.exit()).as(ended.printed()).isEqualTo(waits);
            return drill.runs(runs).get(0);
        }

        /** The command, with an answer to what is asked. */
        String[] command(Path run, String... more) {
            List<String> line = new ArrayList<>(List.of(word(), run.toString(), "--vars", "site.yaml"));
            line.addAll(unasked);
            line.addAll(List.of(more));
            return line.toArray(String[]::new);
        }

        /** The command of somebody who answers. */
        String[] attended(Path run) {
            List<String> line = new ArrayList<>(List.of(word(), run.toString(), "--vars", "site.yaml"));
            if (this == ROLLBACK) {
                line.add("--go");
            }
            return line.toArray(String[]::new);
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What the first process is doing when the second comes. */
    private enum Moment {
        /** A secret is asked for before anything else: what is known of the run by then may be hours old. */
        AT_A_PROMPT {
            @Override
            First reach(Work work, String runs) {
                Path run = work.ready(runs, true, "--vars", "word.yaml");
                Window window = Window.open(folder, work.command(run));
                window.await("word: ");
                return new First(run, window, null);
            }

            @Override
            void goOn(First first) {
                first.window.type("hush-hush-1");
            }
        },
        /** Something is asked, and a person thinks about it. */
        AT_A_QUESTION {
            @Override
            First reach(Work work, String runs) {
                Path run = work.ready(runs, false);
                Window window = Window.open(folder, work.attended(run));
                window.await("Type yes to continue");
                return new First(run, window, null);
            }

            @Override
            void goOn(First first) {
                first.window.type("yes");
            }
        },
        /** A step is over, and the next has not begun: the process is stopped there. */
        BETWEEN_STEPS {
            @Override
            First reach(Work work, String runs) {
                Path run = work.ready(runs, false);
                Program program = drill.begin(work.command(run));
                program.await(work.stepOver);
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
            First reach(Work work, String runs) {
                Path run = work.ready(runs, false);
                Program program = drill.begin(work.command(run));
                program.await(": BACKUP DATABASE");
                return new First(run, null, program);
            }

            @Override
            void goOn(First first) {
                // it does by itself
            }
        };

        abstract First reach(Work work, String runs);

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

    /** All of them with {@code -Dwriters.all=true}, which the profile full sets; else those with something on its way. */
    static Stream<Arguments> firsts() {
        boolean all = Boolean.getBoolean("writers.all");
        return Stream.of(Work.values())
                .flatMap(work -> Stream.of(Moment.values())
                        .filter(moment -> all || moment == Moment.IN_A_STEP)
                        .map(moment -> Arguments.of(work, moment)));
    }

    static Stream<Arguments> pairs() {
        return firsts().flatMap(first ->
                Stream.of(Work.values()).map(second -> Arguments.of(first.get()[0], first.get()[1], second)));
    }

    @ParameterizedTest(name = "{0} {1}, then {2}")
    @MethodSource("pairs")
    void whileOneProcessHasTheRunASecondOneIsToldWhoHasItAndChangesNothing(Work work, Moment moment, Work second) {
        assumeTrue(!moment.name().startsWith("AT_A") || Window.isPossible());
        try (First first = moment.reach(work, "pair-" + work + "-" + moment + "-" + second)) {
            List<String> line = new ArrayList<>(List.of(second.word(), first.run.toString(), "--vars", "site.yaml"));
            if (second == Work.ROLLBACK) {
                line.add("--go");
            }
            Program.Ended ended = run(line);

            assertThat(ended.exit()).as(ended.printed()).isEqualTo(BUSY);
            assertThat(ended.printed())
                    .contains(
                            first.run + " is being worked on by " + System.getProperty("user.name") + "@", "since 20");
            moment.goOn(first);
            first.await(work.over);
            assertThat(backups(first.run)).as("each is sent once").isEqualTo(2);
        }
    }

    /** On this computer nobody takes over from a process that lives, so it has to look as if it were another one. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("firsts")
    void aProcessThatWasTakenForGoneWritesAndSendsNothingMoreAndSaysWhoHasTheRun(Work work, Moment moment)
            throws IOException {
        assumeTrue(!moment.name().startsWith("AT_A") || Window.isPossible());
        try (First first = moment.reach(work, "taken-" + work + "-" + moment)) {
            pretendElsewhere(first.run);
            String[] takeOver = moment == Moment.AT_A_PROMPT
                    ? work.command(first.run, "--take-over", "--vars", "word.yaml")
                    : work.command(first.run, "--take-over");
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
            assertThat(backups(first.run)).as("each is sent once").isEqualTo(2);
        }
    }

    @Test
    void ofTwoWhoTakeOverAtOnceOneWins() throws IOException {
        try (First first = Moment.BETWEEN_STEPS.reach(Work.RESUME, "take-overs")) {
            pretendElsewhere(first.run);
            List<Program> others = IntStream.range(0, 4)
                    .mapToObj(unused -> drill.begin(Work.RESUME.command(first.run, "--take-over")))
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
        RunFolder run = new RunFolder(Work.RESUME.ready("asked", false));
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

            Program.Ended other = drill.run(Work.RESUME.command(run.path()));

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

    /** How often a backup was begun, on the way there and on the way back. */
    private static long backups(Path run) {
        return Drill.events(run).stream()
                .filter(RunEvent.Sent.class::isInstance)
                .filter(event -> ((RunEvent.Sent) event).text().startsWith("BACKUP DATABASE"))
                .count();
    }

    private static void pretendElsewhere(Path run) throws IOException {
        Path owner = run.resolve("lock.owner");
        List<String> lines = new ArrayList<>(Files.readAllLines(owner));
        lines.set(1, "elsewhere");
        Files.write(owner, lines);
    }
}
