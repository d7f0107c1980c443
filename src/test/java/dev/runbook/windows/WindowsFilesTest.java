package dev.runbook.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the fake does what it says of Windows. */
class WindowsFilesTest {
    @TempDir
    private Path disk;

    private WindowsFiles windows;
    private Path runs;

    @BeforeEach
    void make() {
        windows = new WindowsFiles(disk);
        runs = windows.folder("\\\\fs2\\share\\runs");
    }

    @Test
    void caseDoesNotCountAndBothSeparatorsSeparate() throws IOException {
        Path file = Files.writeString(runs.resolve("Site.yaml"), "text");

        assertThat(windows.getPath("\\\\FS2\\Share/runs/SITE.YAML")).isEqualTo(file);
        assertThat(Files.readString(windows.getPath("\\\\fs2\\share\\RUNS\\site.yaml")))
                .isEqualTo("text");
        assertThat(windows.getPath("site.yaml").toAbsolutePath()).hasToString("C:\\work\\site.yaml");
        assertThatThrownBy(() -> windows.getPath("a|b")).isInstanceOf(InvalidPathException.class);
    }

    @Test
    void noFileHasRightsOfPosixOrANumber() throws IOException {
        Path file = Files.writeString(runs.resolve("a"), "");

        assertThat(Files.getFileAttributeView(file, PosixFileAttributeView.class))
                .isNull();
        assertThat(Files.readAttributes(file, BasicFileAttributes.class).fileKey())
                .isNull();
        assertThatThrownBy(() -> Files.getAttribute(file, "unix:mode"))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> FileChannel.open(runs, StandardOpenOption.READ))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> Files.createDirectories(windows.getPath("\\\\fs2\\share")))
                .isInstanceOf(FileSystemException.class);
    }

    @Test
    void whatIsOpenKeepsItsNameAfterItWasDeletedAndIsDeniedToAll() throws IOException {
        Path file = Files.writeString(runs.resolve("a"), "");
        try (FileChannel open = FileChannel.open(file, StandardOpenOption.READ)) {
            assertThat(open.size()).isZero();
            Files.delete(file);

            assertThat(Files.exists(file) || Files.notExists(file)).isFalse();
            assertThatThrownBy(() -> Files.newInputStream(file).close()).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> Files.createFile(file)).isInstanceOf(AccessDeniedException.class);
            try (Stream<Path> names = Files.list(runs)) {
                assertThat(names).containsExactly(file);
            }
        }
        assertThat(Files.notExists(file)).isTrue();
    }

    @Test
    void aMoveThatMayReplaceDeletesFirst() throws IOException {
        Path one = Files.writeString(runs.resolve("one"), "1");
        Path other = Files.writeString(runs.resolve("other"), "2");
        windows.hold(one);

        assertThatThrownBy(() -> Files.move(one, other, StandardCopyOption.ATOMIC_MOVE))
                .isInstanceOf(FileSystemException.class);
        assertThat(Files.exists(other)).isTrue();
        assertThatThrownBy(() -> Files.move(one, other, StandardCopyOption.REPLACE_EXISTING))
                .hasMessageContaining("used by another process");
        assertThat(Files.notExists(other)).isTrue();
    }

    @Test
    void whatIsHeldIsReadAndNeitherReplacedNorDeletedNorWritten() throws IOException {
        Path one = Files.writeString(runs.resolve("one"), "1");
        Path other = Files.writeString(runs.resolve("other"), "2");
        windows.hold(other);

        assertThatThrownBy(() -> Files.move(one, other, StandardCopyOption.ATOMIC_MOVE))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> Files.delete(other)).hasMessageContaining("used by another process");
        assertThatThrownBy(() -> Files.writeString(other, "3")).hasMessageContaining("used by another process");
        assertThat(Files.readString(other)).isEqualTo("2");
        windows.release(other);
        Files.move(one, other, StandardCopyOption.ATOMIC_MOVE);
        assertThat(Files.readString(other)).isEqualTo("1");
    }

    @Test
    void noFileTakesTheNameOfOneThatIsOpen() throws IOException {
        Path one = Files.writeString(runs.resolve("one"), "1");
        Path other = Files.writeString(runs.resolve("other"), "2");
        try (FileChannel open = FileChannel.open(other, StandardOpenOption.READ)) {
            assertThat(open.isOpen()).isTrue();
            assertThatThrownBy(() -> Files.move(one, other, StandardCopyOption.ATOMIC_MOVE))
                    .isInstanceOf(AccessDeniedException.class);
        }
    }

    @Test
    void aShareThatIsLostEndsWhatIsOpen() throws IOException {
        Path file = Files.writeString(runs.resolve("a"), "text");
        try (FileChannel open = FileChannel.open(file, StandardOpenOption.WRITE)) {
            windows.lose("\\\\fs2\\share");

            assertThatThrownBy(() -> open.truncate(0)).hasMessage(WindowsError.NETNAME_DELETED.text());
            assertThatThrownBy(() -> Files.size(file))
                    .isExactlyInstanceOf(FileSystemException.class)
                    .hasMessageContaining(WindowsError.BAD_NETPATH.text());
        }
    }

    @Test
    void whatIsNotThereIsSaidByItsNumber() {
        assertThatThrownBy(() -> Files.size(windows.getPath("X:\\a"))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> Files.size(windows.getPath("\\\\nobody\\share")))
                .hasMessageContaining(WindowsError.BAD_NETPATH.text());
        assertThatThrownBy(() -> Files.size(windows.getPath("\\\\fs2\\other")))
                .hasMessageContaining(WindowsError.BAD_NET_NAME.text());
    }
}
