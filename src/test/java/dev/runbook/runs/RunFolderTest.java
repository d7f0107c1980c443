package dev.runbook.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.runbook.event.Actor;
import dev.runbook.library.Library;
import dev.runbook.library.RunbookFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunFolderTest {
    @TempDir
    Path runs;

    @Test
    void isOpenToItsOwnerAlone() throws IOException {
        assumeTrue(Files.getFileStore(runs).supportsFileAttributeView("posix"));

        RunFolder folder = new RunArchive(runs).make("2026-11-21T03-12-09Z-failover", false);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                .isEqualTo("rwx------");
        folder.begin(file("fo.yaml", "runbook: fo"), "pool: x\n");
        try (RunLock lock = RunLock.of(folder, new Actor("jdoe", "jump1", 42, "1"), Instant.EPOCH)
                        .orElseThrow();
                Stream<Path> files = Files.list(folder.path())) {
            assertThat(lock).isNotNull();
            assertThat(files)
                    .hasSize(4)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"some/folder/fo.yaml", "fo.yml", "fo", "site.yaml", "runbook.yaml"})
    void keepsTheRunbookUnderOneNameAndCallsItByItsOwn(String name) throws IOException {
        RunFolder run = begun(file(name, "runbook: fo"));
        RunbookFile copy = run.runbook(name, file(name, "runbook: fo").digest()).orElseThrow();

        assertThat(copy.name()).isEqualTo(name);
        assertThat(copy.path()).contains(run.path().resolve("runbook.yaml"));
        assertThat(copy.bytes()).asString().isEqualTo("runbook: fo");
        assertThat(run.site()).hasContent("pool: x\n");
    }

    @Test
    void strayFilesDoNoHarm() throws IOException {
        RunbookFile runbook = file("fo.yaml", "runbook: fo");
        RunFolder run = begun(runbook);
        Files.writeString(run.path().resolve("fo.yaml"), "runbook: other");
        Files.writeString(run.path().resolve("runbook.de.yaml"), "no texts");
        Files.write(run.path().resolve("notes.yaml"), new byte[] {(byte) 0xff});

        assertThat(run.runbook("fo.yaml", runbook.digest())).isPresent();
    }

    @Test
    void aChangedCopyIsNone() throws IOException {
        RunbookFile runbook = file("fo.yaml", "runbook: fo");
        RunFolder run = begun(runbook);
        Files.writeString(run.runbook(), "runbook: other");

        assertThat(run.runbook("fo.yaml", runbook.digest())).isEmpty();
    }

    @Test
    void findsTheRunbookThatTheJournalSpeaksOfWhenEverItIsCutOff() throws IOException {
        RunbookFile old = file("fo.yaml", "runbook: fo");
        RunbookFile edited = file("edited.yaml", "runbook: fo # edited");
        RunFolder run = begun(old);

        run.prepare(edited, "pool: y\n", 7);
        assertThat(run.runbook("fo.yaml", old.digest())).isPresent();
        assertThat(run.runbook("edited.yaml", edited.digest())).isPresent();

        run.settle();
        assertThat(run.runbook("fo.yaml", old.digest())).isEmpty();
        assertThat(run.runbook("edited.yaml", edited.digest())).isPresent();
        assertThat(run.site()).hasContent("pool: y\n");
    }

    @Test
    void whatWasLaidReadyCountsFromTheLineOnThatSpeaksOfIt() throws IOException {
        RunbookFile old = file("fo.yaml", "runbook: fo");
        RunFolder run = begun(old);

        run.prepare(old, "pool: y\n", 7);
        run.recover(old.digest(), 6);
        assertThat(run.site()).as("cut off before the line").hasContent("pool: x\n");

        run.recover(old.digest(), 7);
        assertThat(run.site()).as("cut off after the line").hasContent("pool: y\n");
    }

    @Test
    void anEditedRunbookThatWasCutOffBeforeItsNameGetsItOnTheNextResume() throws IOException {
        RunbookFile edited = file("edited.yaml", "runbook: fo # edited");
        RunFolder run = begun(file("fo.yaml", "runbook: fo"));

        run.prepare(edited, "pool: y\n", 7);
        run.recover(edited.digest(), 7);

        assertThat(run.runbook()).hasContent("runbook: fo # edited");
        assertThat(run.site()).hasContent("pool: y\n");
    }

    @Test
    void noLinkThatLiesThereIsWrittenThrough() throws IOException {
        Path victim = Files.writeString(runs.resolve("victim"), "precious");
        RunbookFile runbook = file("fo.yaml", "runbook: fo");
        RunFolder run = begun(runbook);
        for (String name : new String[] {"runbook.yaml.new", "site.yaml.7.new", "lock.owner", "journal.jsonl.last"}) {
            Files.createSymbolicLink(run.path().resolve(name), victim);
        }
        Files.delete(run.site());
        Files.createSymbolicLink(run.site(), victim);

        run.prepare(runbook, "pool: y\n", 7);
        run.settle();
        run.keepSite("pool: z\n");
        RunLock.of(run, new Actor("jdoe", "jump1", 42, "1"), Instant.EPOCH)
                .orElseThrow()
                .close();

        assertThat(victim).hasContent("precious");
        assertThat(run.site()).hasContent("pool: z\n");
    }

    @Test
    void aRunThatCouldNotBeginTakesOnlyItsOwnFilesAway() throws IOException {
        RunFolder run = begun(file("fo.yaml", "runbook: fo"));
        assertThat(run.isVacant()).isFalse();
        Path notes = Files.writeString(run.path().resolve("notes.txt"), "mine");

        run.discard();
        assertThat(run.path()).isDirectoryContaining(notes::equals);
        assertThat(run.runbook()).doesNotExist();
        Files.delete(notes);
        assertThat(run.isVacant()).isTrue();
        run.discard();
        assertThat(run.path()).doesNotExist();
    }

    @Test
    void aLockThatIsALinkIsRefused() throws IOException {
        Path victim = Files.writeString(runs.resolve("victim"), "precious");
        RunFolder run = begun(file("fo.yaml", "runbook: fo"));
        Files.createSymbolicLink(run.path().resolve("lock"), victim);

        assertThatThrownBy(() -> RunLock.of(run, new Actor("jdoe", "jump1", 42, "1"), Instant.EPOCH))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("no plain file");
        assertThat(RunLock.held(run)).isEqualTo(RunLock.Held.UNKNOWN);
        assertThat(victim).hasContent("precious");
    }

    @Test
    void keepsTheTextsOfTheRunbookAndNoOlderOnes() throws IOException {
        Path runbook = Files.writeString(runs.resolve("fo.yml"), "runbook: fo");
        Path german = Files.writeString(runs.resolve("fo.de.yml"), "texts-of: fo");
        RunbookFile opened = new RunbookFile("fo.yml", Optional.of(runbook), Files.readAllBytes(runbook));
        RunFolder run = begun(opened);

        assertThat(run.path().resolve("runbook.de.yaml")).hasSameBinaryContentAs(german);
        RunbookFile copy = run.runbook("fo.yml", opened.digest()).orElseThrow();
        assertThat(Library.texts(copy)).extracting(RunbookFile::name).containsExactly("fo.de.yml");

        run.prepare(copy, "{}\n", 7);
        run.settle();
        assertThat(run.path().resolve("runbook.de.yaml")).exists();
        run.prepare(file("other.yaml", "runbook: fo"), "{}\n", 8);
        run.settle();
        assertThat(run.path().resolve("runbook.de.yaml")).doesNotExist();
    }

    private RunFolder begun(RunbookFile runbook) throws IOException {
        RunFolder run = new RunArchive(runs).make("a", false);
        run.begin(runbook, "pool: x\n");
        return run;
    }

    private static RunbookFile file(String name, String text) {
        return new RunbookFile(name, Optional.empty(), text.getBytes(StandardCharsets.UTF_8));
    }
}
