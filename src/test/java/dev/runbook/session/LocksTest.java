package dev.runbook.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runbook.event.Actor;
import dev.runbook.runs.RunArchive;
import dev.runbook.runs.RunFolder;
import dev.runbook.runs.RunLock;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.Refusal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocksTest {
    /** Higher than any process id that a system gives. */
    private static final long NOBODY = 1L << 40;

    private static final Instant THEN = Instant.parse("2099-11-21T03:12:09Z");

    @TempDir
    Path runs;

    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
    private RunFolder folder;

    @BeforeEach
    void make() throws IOException {
        folder = new RunArchive(runs).make("r1", false);
    }

    @Test
    void saysWhoHasItAndThatItIsGone() {
        try (RunLock gone = hold("jump1", NOBODY)) {
            assertThat(gone).isNotNull();
            assertThatThrownBy(() -> RunSession.Locks.take(folder, false, "rollback r1 --go", here()))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("jdoe@jump1, process " + NOBODY + ", since 2099-11-21T03:12:09Z")
                    .hasMessageContaining("That process is gone.")
                    .hasMessageContaining("rollback r1 --go --take-over");

            try (RunLock taken = RunSession.Locks.take(folder, true, "rollback r1 --go", here())) {
                assertThat(taken).isNotNull();
                assertThat(messages.toString(StandardCharsets.UTF_8)).contains("Taken over from jdoe@jump1");
                assertThat(RunLock.owner(folder))
                        .hasValueSatisfying(owner -> assertThat(owner.process()).isEqualTo(43));
            }
        }
    }

    @Test
    void nobodyTakesOverFromAProcessThatIsAlive() {
        try (RunLock alive = hold("jump1", ProcessHandle.current().pid())) {
            assertThat(alive).isNotNull();
            assertThatThrownBy(() -> RunSession.Locks.take(folder, true, "rollback r1 --go", here()))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("kill " + ProcessHandle.current().pid());
        }
    }

    @Test
    void ofAnotherComputerAPersonMustKnow() {
        try (RunLock far = hold("jump2", NOBODY)) {
            assertThat(far).isNotNull();
            assertThatThrownBy(() -> RunSession.Locks.take(folder, false, "rollback r1 --go", here()))
                    .hasMessageContaining("If jump2 is gone, or that process on it, then: ");
        }
    }

    @Test
    void aLockThatIsGivenBackLeavesNoNameBehind() throws IOException {
        try (RunLock lock = hold("jump1", 42)) {
            assertThat(lock).isNotNull();
            assertThat(RunLock.isHeld(folder)).isTrue();
        }

        assertThat(folder.path().resolve("lock")).exists();
        assertThat(RunLock.isHeld(folder)).isFalse();
        assertThat(RunLock.owner(folder)).isEmpty();
    }

    @Test
    void aNewFolderIsTakenAtOnceUnlessSomebodyHasIt() {
        try (RunLock lock = RunSession.Locks.ofNew(folder, "run it", here())) {
            assertThat(lock).isNotNull();
            assertThat(RunLock.isHeld(folder)).isTrue();
            assertThatThrownBy(() -> RunSession.Locks.ofNew(folder, "run it", here()))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("is being worked on by jdoe@jump1, process 43");
        }
    }

    @Test
    void aLockThatCannotBeWrittenRefusesBeforeAnythingIsBegun() throws IOException {
        Files.createDirectory(folder.path().resolve("lock"));

        assertThatThrownBy(() -> RunSession.Locks.take(folder, false, "rollback r1 --go", here()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("The lock of " + folder.path() + " cannot be written: ")
                .hasMessageContaining("Nothing was begun, and the run is as it was. Make room, then: rollback r1 --go");
    }

    private RunLock hold(String host, long process) {
        return RunLock.of(folder, new Actor("jdoe", host, process, "1"), THEN).orElseThrow();
    }

    private CliContext here() {
        PrintStream stream = new PrintStream(messages, true, StandardCharsets.UTF_8);
        return new CliContext(
                new ByteArrayInputStream(new byte[0]),
                stream,
                stream,
                Map.of(),
                runs,
                false,
                () -> 0,
                CliContext.Language.ENGLISH,
                question -> Optional.empty(),
                Clock.fixed(THEN, ZoneOffset.UTC),
                new Actor("jdoe", "jump1", 43, "1"));
    }
}
