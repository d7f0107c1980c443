package dev.runbook.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.runbook.event.RunEvent;
import dev.runbook.windows.WindowsFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a run where Windows keeps them. */
class FilesOnWindowsTest {
    private static final String SHARE = "\\\\fs2\\runs";

    @TempDir
    private Path disk;

    private WindowsFiles windows;
    private Path file;

    @BeforeEach
    void make() throws IOException {
        windows = new WindowsFiles(disk);
        file = Files.writeString(windows.folder(SHARE).resolve("site.yaml"), "older");
    }

    @Test
    void aFileThatAScannerHoldsForAMomentIsReplacedAllTheSame() throws IOException {
        windows.hold(file, 3);

        PrivateFiles.replace(file, "newer".getBytes(StandardCharsets.UTF_8));

        assertThat(Files.readString(file)).isEqualTo("newer");
        assertThat(names()).containsExactly("site.yaml");
    }

    @Test
    void aFileIsOnDiskBeforeItGetsItsName() throws IOException {
        PrivateFiles.replace(file, "newer".getBytes(StandardCharsets.UTF_8));
        assertThat(windows.namedTooSoon()).isEmpty();

        Files.move(Files.writeString(file.resolveSibling("other"), "not forced"), file.resolveSibling("runbook.yaml"));
        assertThat(windows.namedTooSoon()).containsExactly("runbook.yaml");
    }

    @Test
    void aFileThatIsHeldOnAndOnStaysWholeAndTheNewOneTakesNoName() throws IOException {
        windows.hold(file);

        assertThatThrownBy(() -> PrivateFiles.replace(file, new byte[] {1})).isInstanceOf(FileSystemException.class);

        assertThat(Files.readString(file)).isEqualTo("older");
        assertThat(names()).containsExactly("site.yaml");
    }

    @Test
    void aFileLosesItsNameAtNoMomentWhenItsSuccessorIsHeld() throws IOException {
        Path successor = Files.writeString(file.resolveSibling("site.yaml.7.new"), "newer");
        windows.hold(successor);

        assertThat(catchThrowable(() -> PrivateFiles.move(successor, file))).isInstanceOf(FileSystemException.class);

        assertThat(Files.readString(file)).isEqualTo("older");
        windows.release(successor);
        PrivateFiles.move(successor, file);
        assertThat(Files.readString(file)).isEqualTo("newer");
    }

    @Test
    void whatIsMadeThereBelongsToNobodyElseAsFarAsCanBeTold() throws IOException {
        Path folder = file.resolveSibling("run");
        PrivateFiles.createFolder(folder, true);
        PrivateFiles.create(folder.resolve("a")).close();

        assertThat(PrivateFiles.foreign(folder, Optional.empty())).isEmpty();
        assertThat(PrivateFiles.isShared(folder)).isFalse();
    }

    @Test
    void aJournalWhoseShareIsLostSaysSoAndEndsQuietly() throws IOException {
        Path path = file.resolveSibling("journal.jsonl");
        JournalFile journal = JournalFile.create(path, Clock.systemUTC(), entry -> {});
        journal.append(new RunEvent.NoteTaken("first", "jdoe"));
        windows.lose(SHARE);

        assertThatThrownBy(() -> journal.append(new RunEvent.NoteTaken("second", "jdoe")))
                .isInstanceOf(Journal.LostException.class)
                .hasMessageContaining("no longer available");
        journal.close();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> names = Files.list(file.getParent())) {
            return names.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }
}
