package dev.runbook.endpoint.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Failure.Kind;
import dev.runbook.endpoint.FileSystemEndpoint.Copy;
import dev.runbook.endpoint.Limits;
import dev.runbook.windows.WindowsError;
import dev.runbook.windows.WindowsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies from share to share, where Windows refuses what other systems allow. */
class CopyToWindowsTest {
    private static final Copy COPY = new Copy("\\\\fs1\\logs", "\\\\sqlb\\copies", "*.trn", false);

    @TempDir
    private Path disk;

    private WindowsFiles windows;
    private LocalFiles files;
    private Path copy;

    @BeforeEach
    void make() throws IOException {
        windows = new WindowsFiles(disk);
        files = new LocalFiles(windows);
        Files.writeString(windows.folder(COPY.from()).resolve("mgc_1.TRN"), "a backup");
        copy = windows.folder(COPY.to()).resolve("mgc_1.trn");
    }

    @ParameterizedTest
    @ValueSource(strings = {"held", "read-only"})
    void aFileThatCannotBeReplacedIsTriedAgainAndNothingIsLost(String how) throws IOException {
        Files.writeString(copy, "older");
        if (how.equals("held")) {
            windows.hold(copy, 1);
        } else {
            windows.makeReadOnly(copy);
        }

        Failure failure = ((Answer.Failed) copied()).failure();

        assertThat(failure.code()).isEqualTo("held");
        assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
        assertThat(failure.message()).contains("\\\\sqlb\\copies\\mgc_1.TRN cannot be replaced");
        assertThat(Files.readString(copy)).isEqualTo("older");
        windows.makeWritable(copy);
        assertThat(copied()).isInstanceOf(Answer.Rows.class);
        assertThat(Files.readString(copy)).isEqualTo("a backup");
    }

    @Test
    void howMuchRoomTheRootOfAShareHasSaysNothingOfTheFolder() throws IOException {
        windows.setRoom("\\\\sqlb\\copies", OptionalLong.of(0));
        assertThat(copied()).isInstanceOf(Answer.Rows.class);

        Files.delete(copy);
        windows.setRoom("\\\\sqlb\\copies", OptionalLong.empty());
        assertThat(copied()).isInstanceOf(Answer.Rows.class);
        assertThat(Files.readString(copy)).isEqualTo("a backup");
    }

    @Test
    void aShareThatTakesNoByteIsFullAndSaysHowMuchIsNeeded() {
        windows.fill("\\\\sqlb\\copies");
        windows.setRoom("\\\\sqlb\\copies", OptionalLong.of(3));

        Failure failure = ((Answer.Failed) copied()).failure();

        assertThat(failure.code()).isEqualTo("disk-full");
        assertThat(failure.message()).contains("8 bytes are needed, 3 are free");
        windows.setRoom("\\\\sqlb\\copies", OptionalLong.empty());
        assertThat(((Answer.Failed) copied()).failure().message()).contains(WindowsError.DISK_FULL.text());
        windows.makeRoom();
        assertThat(copied()).isInstanceOf(Answer.Rows.class);
    }

    @Test
    void aCopyIsKnownWhateverTheCaseOfItsName() throws IOException {
        Files.writeString(copy, "a backup");

        assertThat(files.missing(COPY, Limits.none())).isEqualTo(Answer.nothing());
    }

    private Answer copied() {
        return files.copy(COPY, rows -> {}, Limits.none());
    }
}
