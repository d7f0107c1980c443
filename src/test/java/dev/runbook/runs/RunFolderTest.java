package dev.runbook.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.runbook.event.Actor;
import dev.runbook.library.Library;
import dev.runbook.library.RunbookFile;
import java.io.IOException;
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

        RunFolder folder = RunFolder.create(runs, "2026-11-21T03-12-09Z-failover");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                .isEqualTo("rwx------");
        folder.bring(file("fo.yaml", "runbook: fo"));
        folder.settle();
        folder.keepSite("pool: x\n");
        try (RunLock lock = RunLock.of(folder, new Actor("jdoe", "jump1", 42, "1"), Instant.EPOCH)
                        .orElseThrow();
                Stream<Path> files = Files.list(folder.path())) {
            assertThat(lock).isNotNull();
            assertThat(files)
                    .hasSize(3)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"some/folder/fo.yaml", "fo.yml", "fo", "site.yaml", "runbook.yaml"})
    void keepsTheRunbookUnderOneNameAndCallsItByItsOwn(String name) {
        RunFolder run = begun(file(name, "runbook: fo"));
        run.keepSite("pool: x\n");

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
    void findsTheRunbookThatTheJournalSpeaksOfWhenEverItIsCutOff() {
        RunbookFile old = file("fo.yaml", "runbook: fo");
        RunbookFile edited = file("edited.yaml", "runbook: fo # edited");
        RunFolder run = begun(old);

        run.bring(edited);
        assertThat(run.runbook("fo.yaml", old.digest())).isPresent();
        assertThat(run.runbook("edited.yaml", edited.digest())).isPresent();

        run.settle();
        assertThat(run.runbook("fo.yaml", old.digest())).isEmpty();
        assertThat(run.runbook("edited.yaml", edited.digest())).isPresent();
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

        run.bring(copy);
        assertThat(run.path().resolve("runbook.de.yaml")).exists();
        run.bring(file("other.yaml", "runbook: fo"));
        assertThat(run.path().resolve("runbook.de.yaml")).doesNotExist();
    }

    private RunFolder begun(RunbookFile runbook) {
        RunFolder run = RunFolder.create(runs, "a");
        run.bring(runbook);
        run.settle();
        return run;
    }

    private static RunbookFile file(String name, String text) {
        return new RunbookFile(name, Optional.empty(), text.getBytes(StandardCharsets.UTF_8));
    }
}
