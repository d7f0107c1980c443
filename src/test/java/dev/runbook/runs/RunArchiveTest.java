package dev.runbook.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.runbook.event.Actor;
import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent;
import dev.runbook.event.Work;
import dev.runbook.journal.JournalFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunArchiveTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T03:12:09Z"), ZoneOffset.UTC);
    private static final Instant NOW = CLOCK.instant();
    private static final Actor JDOE = new Actor("jdoe", "jump1", 42, "0.1.0");
    private static final RunEvent STARTED = new RunEvent.RunStarted(
            1, "r", "20261121031209", "fo", "fo.yaml", "00", Map.of(), new Actor("jdoe", "jump1", 1, "0.1.0"));

    @TempDir
    Path runs;

    @Test
    void twoRunsOfOneSecondHaveFoldersOfTheirOwn() throws IOException {
        assertThat(new RunArchive(runs).make("a", false).id()).isEqualTo("a");
        assertThat(new RunArchive(runs).make("a", false).id()).isEqualTo("a-2");
    }

    @Test
    void findsARunByItsFolderAndByItsId() {
        RunFolder run = begun("a");

        assertThat(new RunArchive(runs).find(runs.resolve("a"))).contains(run);
        assertThat(new RunArchive(runs).find(Path.of("a"))).contains(run);
        assertThat(new RunArchive(runs).find(Path.of("b"))).isEmpty();
    }

    @Test
    void aRunThatNobodyEndedIsUnfinished() {
        begun("a", new RunEvent.RunStopped(Ending.DONE, ""));
        RunFolder open = begun("b");

        assertThat(RunArchive.unfinished(new RunArchive(runs).runs(), "fo"))
                .extracting(RunArchive.Found::folder)
                .containsExactly(open);
        assertThat(RunArchive.unfinished(new RunArchive(runs).runs(), "other")).isEmpty();
    }

    @Test
    void anUnfinishedRunThatDidSomethingComesBeforeALaterOneThatDidNot() {
        RunFolder acted = begun("a", new RunEvent.StepBegun("4.2"), new RunEvent.AttemptStarted(Work.of("4.2"), 1, 1));
        RunFolder empty = begun("b");

        assertThat(RunArchive.unfinished(new RunArchive(runs).runs(), "fo"))
                .extracting(RunArchive.Found::folder)
                .containsExactly(acted, empty);
    }

    @Test
    void aFinishedRunIsNotUnfinished() {
        begun("a", new RunEvent.RunStopped(Ending.DONE, ""));

        assertThat(RunArchive.unfinished(new RunArchive(runs).runs(), "fo")).isEmpty();
    }

    @Test
    void aLockedRunIsUnderWayUntilTheLockIsGone() {
        RunFolder run = begun("a");
        try (RunLock lock = RunLock.of(run, JDOE, NOW).orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThat(RunLock.of(run, JDOE, NOW)).isEmpty();
            assertThat(RunLock.owner(run).orElseThrow().words())
                    .isEqualTo("jdoe@jump1, process 42, since 2026-11-21T03:12:09Z");
            assertThat(new RunArchive(runs).runs().get(0).underWay()).isTrue();
        }
        assertThat(new RunArchive(runs).runs().get(0).underWay()).isFalse();
    }

    @Test
    void aBrokenJournalIsListedAsSuch() throws IOException {
        RunFolder run = begun("a");
        Files.writeString(run.journal(), Files.readString(run.journal()).replace("jdoe", "somebody else"));

        assertThat(new RunArchive(runs).runs().get(0).state()).isEmpty();
    }

    @Test
    void whatLiesThereAndIsNoRunHindersNobody() throws Exception {
        RunFolder sound = begun("b");
        Files.writeString(made("empty").journal(), "");
        Files.writeString(made("text").journal(), "not a journal\n");
        Files.createDirectory(made("folder").journal());
        Files.createSymbolicLink(made("link").journal(), Path.of("/dev/zero"));
        RunFolder large = begun("large");
        try (FileChannel channel = FileChannel.open(large.journal(), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1}), 3L << 30);
        }
        // done before it began: every hash is right, and no run was ever like that
        begun("impossible", new RunEvent.StepDone("1"), new RunEvent.StepUndone("2", "by magic"));
        RunFolder ages = made("ages");
        try (JournalFile journal = JournalFile.create(
                ages.journal(), Clock.fixed(Instant.parse("9999-12-31T00:00:00Z"), ZoneOffset.UTC), entry -> {})) {
            journal.append(STARTED);
        }
        RunFolder piped = begun("piped");
        assumeTrue(new ProcessBuilder("mkfifo", piped.path().resolve("lock").toString())
                        .start()
                        .waitFor()
                == 0);

        List<RunArchive.Found> found = new RunArchive(runs).runs();

        assertThat(found)
                .filteredOn(run -> run.folder().equals(sound))
                .singleElement()
                .satisfies(run -> assertThat(run.state()).isPresent());
        assertThat(found)
                .filteredOn(run -> run.folder().equals(large))
                .singleElement()
                .satisfies(run -> assertThat(run.unread()).contains("too large"));
        assertThat(RunLock.held(piped)).isEqualTo(RunLock.Held.UNKNOWN);
        assertThat(RunArchive.unfinished(found, "fo"))
                .extracting(RunArchive.Found::folder)
                .contains(sound, piped)
                .doesNotContain(large, ages);
    }

    @Test
    void aFolderThatIsNotThereHoldsNoRuns() {
        assertThat(new RunArchive(runs.resolve("none")).runs()).isEmpty();
    }

    private RunFolder made(String name) {
        try {
            return new RunArchive(runs).make(name, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RunFolder begun(String name, RunEvent... more) {
        RunFolder run = made(name);
        try (JournalFile journal = JournalFile.create(run.journal(), CLOCK, entry -> {})) {
            journal.append(STARTED);
            for (RunEvent event : more) {
                journal.append(event);
            }
        }
        return run;
    }
}
