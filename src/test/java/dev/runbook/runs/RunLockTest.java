package dev.runbook.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runbook.event.Actor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
    private static final Instant THEN = Instant.parse("2026-11-21T03:12:09.5Z");

    @TempDir
    Path runs;

    private RunFolder folder;

    @BeforeEach
    void make() throws IOException {
        folder = new RunArchive(runs).make("r1", false);
    }

    @Test
    void aRunThatNobodyWorksOnIsNotHeld() {
        assertThat(RunLock.held(folder)).isEqualTo(RunLock.Held.NO);
        assertThat(RunLock.isHeld(folder)).isFalse();
        assertThat(RunLock.owner(folder)).isEmpty();
        assertThat(folder.path().resolve("lock")).doesNotExist();
    }

    @Test
    void whoHoldsItIsWrittenBesideIt() throws IOException {
        try (RunLock lock = take()) {
            assertThat(RunLock.held(folder)).isEqualTo(RunLock.Held.YES);
            RunLock.Owner owner = RunLock.owner(folder).orElseThrow();
            assertThat(owner.words()).isEqualTo("jdoe@jump1, process 42, since 2026-11-21T03:12:09Z");
            assertThat(owner.since()).isEqualTo(THEN);
            assertThat(owner.identity().orElseThrow())
                    .startsWith(ProcessHandle.current().pid() + " ");
            assertThat(folder.path().resolve("lock")).isEmptyFile();
            assertThat(lock.lostTo()).isEmpty();
        }
        assertThat(RunLock.held(folder)).isEqualTo(RunLock.Held.NO);
        assertThat(folder.path().resolve("lock.owner")).doesNotExist();
    }

    @Test
    void aRunThatEndsWhileItIsReadIsReadAgainAndLooksNotCutOff() throws IOException {
        Files.writeString(folder.journal(), "begun\n");
        RunLock lock = take();

        RunLock.Seen<List<String>> seen = RunLock.seen(folder, () -> {
            try {
                List<String> lines = Files.readAllLines(folder.journal());
                if (lines.size() == 1) {
                    Files.writeString(folder.journal(), "ended\n", StandardOpenOption.APPEND);
                    lock.close();
                }
                return lines;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        assertThat(seen).isEqualTo(new RunLock.Seen<>(List.of("begun", "ended"), false));
    }

    @Test
    void oneProcessHasItOnce() {
        try (RunLock lock = take()) {
            assertThat(lock).isNotNull();
            assertThat(RunLock.of(folder, actor(43), THEN)).isEmpty();
            assertThat(RunLock.owner(folder).orElseThrow().process()).isEqualTo(42);
        }
        try (RunLock again = take()) {
            assertThat(again).isNotNull();
        }
    }

    @Test
    void whoeverTakesOverIsSeenByTheOther() throws IOException {
        RunLock first = take();
        try (RunLock second = RunLock.takeOver(folder, actor(43), THEN).orElseThrow()) {
            assertThat(first.lostTo())
                    .contains(folder.path() + " is worked on by jdoe@jump1, process 43, since 2026-11-21T03:12:09Z now:"
                            + " this process was taken for gone, and has lost it.");
            assertThat(second.lostTo()).isEmpty();
            assertThat(RunLock.held(folder)).isEqualTo(RunLock.Held.YES);
            assertThat(folder.path().resolve("lock-2")).exists();

            first.close();
            assertThat(RunLock.owner(folder).orElseThrow().process()).isEqualTo(43);
            assertThat(folder.path().resolve("lock.owner")).exists();
        }
        try (RunLock third = take()) {
            assertThat(third.lostTo()).isEmpty();
            assertThat(folder.path().resolve("lock-2.owner")).exists();
        }
    }

    @Test
    void whoTookOverAndLeftNoNameIsAnotherProcess() throws IOException {
        try (RunLock first = take()) {
            Files.writeString(folder.path().resolve("lock-2"), "");

            assertThat(first.lostTo().orElseThrow()).contains("is worked on by another process now");
        }
    }

    @Test
    void aTurnThatSomebodyElseMadeFirstIsTheirs() throws IOException {
        try (RunLock first = take();
                RunLock second = RunLock.takeOver(folder, actor(43), THEN).orElseThrow();
                RunLock third = RunLock.takeOver(folder, actor(44), THEN).orElseThrow()) {
            assertThat(first.lostTo()).isPresent();
            assertThat(second.lostTo()).isPresent();
            assertThat(third.lostTo()).isEmpty();
            assertThat(folder.path().resolve("lock-3")).exists();
        }
    }

    @Test
    void aLockFileThatSomebodyRemovedIsNoLockAnyMore() throws IOException {
        try (RunLock lock = take()) {
            Files.delete(folder.path().resolve("lock"));
            assertThat(lock.lostTo())
                    .contains("Somebody has removed the lock " + folder.path().resolve("lock") + ".");

            Files.writeString(folder.path().resolve("lock"), "");
            assertThat(lock.lostTo()).isPresent();
        }
    }

    @Test
    void aLockThatWasGivenBackIsLost() throws IOException {
        RunLock lock = take();
        lock.close();

        assertThat(lock.lostTo()).isPresent();
        lock.close();
    }

    @Test
    void aFolderThatIsGoneHasNoOtherOwner() throws IOException {
        RunLock lock = take();
        Files.delete(folder.path().resolve("lock"));
        Files.delete(folder.path().resolve("lock.owner"));
        Files.delete(folder.path());

        assertThatThrownBy(lock::lostTo).isInstanceOf(NoSuchFileException.class);
        lock.close();
    }

    @Test
    void ofSomethingThatIsNoLockNothingIsSaid() throws IOException {
        Files.createDirectory(folder.path().resolve("lock"));

        assertThat(RunLock.held(folder)).isEqualTo(RunLock.Held.UNKNOWN);
        assertThat(RunLock.isHeld(folder)).isFalse();
        assertThatThrownBy(this::take).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void aLockThatNobodyHoldsAnyMoreIsTakenAgainAsItLies() throws IOException {
        Files.writeString(folder.path().resolve("lock"), "");

        assertThat(RunLock.held(folder)).isEqualTo(RunLock.Held.NO);
        try (RunLock lock = take()) {
            assertThat(lock.lostTo()).isEmpty();
        }
    }

    @Test
    void aLockThatIsHeldIsWaitedForAMomentAndLeftAlone() throws Exception {
        Path file = Files.writeString(folder.path().resolve("lock"), "");
        try (FileChannel holder = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            FileLock held = holder.lock(1L << 40, 1, false);
            assertThat(RunLock.held(folder)).isEqualTo(RunLock.Held.YES);
            long begun = System.nanoTime();
            assertThat(RunLock.of(folder, actor(43), THEN)).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(400));
            assertThat(RunLock.owner(folder)).isEmpty();

            held.release();
            try (RunLock lock = take()) {
                assertThat(lock.lostTo()).isEmpty();
            }
        }
    }

    @Test
    void aRunIsTakenOverAThousandTimesAtMost() throws IOException {
        for (int turn = 2; turn <= 1001; turn++) {
            Files.writeString(folder.path().resolve("lock-" + turn), "");
        }

        assertThat(RunLock.takeOver(folder, actor(43), THEN)).isEmpty();
    }

    @Test
    void aNameThatIsNoneIsNotRead() {
        String text = new RunLock.Owner("jdoe", "jump1", 42, THEN, Optional.of("42 x")).text();

        assertThat(RunLock.Owner.parse(text))
                .contains(new RunLock.Owner("jdoe", "jump1", 42, THEN, Optional.of("42 x")));
        assertThat(RunLock.Owner.parse(text.replace("42\n", "many\n"))).isEmpty();
        assertThat(RunLock.Owner.parse(text.replace("2026", "x"))).isEmpty();
        assertThat(RunLock.Owner.parse(text + "more\n")).isEmpty();
    }

    private RunLock take() {
        return RunLock.of(folder, actor(42), THEN).orElseThrow();
    }

    private static Actor actor(long process) {
        return new Actor("jdoe", "jump1", process, "1");
    }
}
