package dev.runbook.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the rights of files are those of POSIX here")
class PrivateFilesTest {
    @TempDir
    Path folder;

    @Test
    void aNewFileBelongsToItsOwnerAlone() throws IOException {
        set(folder, "rwxr-xr-x");
        PrivateFiles.create(folder.resolve("a")).close();
        PrivateFiles.replace(folder.resolve("b"), new byte[] {1});

        assertThat(rights(folder.resolve("a"))).isEqualTo("rw-------");
        assertThat(rights(folder.resolve("b"))).isEqualTo("rw-------");
        assertThatThrownBy(() -> PrivateFiles.create(folder.resolve("a")))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void whereAGroupWorksTogetherItMayReadAndWrite() throws IOException {
        set(folder, "rwxrwx---");
        PrivateFiles.create(folder.resolve("a")).close();
        PrivateFiles.replace(folder.resolve("c"), new byte[] {1});
        assertThat(rights(folder.resolve("c"))).isEqualTo("rw-rw----");
        set(folder, "rwxrw----");
        PrivateFiles.create(folder.resolve("b")).close();

        assertThat(rights(folder.resolve("a"))).isEqualTo("rw-rw----");
        assertThat(rights(folder.resolve("b"))).isEqualTo("rw-------");
    }

    @Test
    void aFolderIsSharedOnPurposeOrNotAtAll() throws IOException {
        Path own = folder.resolve("own");
        Path shared = folder.resolve("shared");
        PrivateFiles.createFolder(own, false);
        PrivateFiles.createFolder(shared, true);

        assertThat(rights(own)).isEqualTo("rwx------");
        assertThat(rights(shared)).isEqualTo("rwxrwx---");
        assertThat(PrivateFiles.isShared(own)).isFalse();
        assertThat(PrivateFiles.isShared(shared)).isTrue();
        set(own, "rwxrwx---");
        assertThat(PrivateFiles.isShared(own)).isFalse();
        assertThatThrownBy(() -> PrivateFiles.createFolder(own, false)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void whatOthersMayChangeIsForeign() throws IOException {
        set(folder, "rwx------");
        Path file = Files.writeString(folder.resolve("a"), "text");
        set(file, "rw-r--r--");
        set(Files.createDirectory(folder.resolve("a folder that is no file of the run")), "rwxrwxrwx");
        assertThat(PrivateFiles.foreign(folder, Optional.empty())).isEmpty();

        set(file, "rw-rw----");
        assertThat(PrivateFiles.foreign(folder, Optional.empty()).orElseThrow())
                .isEqualTo(file + " can be changed by other accounts. If you know that nobody has done so: chmod go-w "
                        + file + ".");
        set(file, "rw----rw-");
        assertThat(PrivateFiles.foreign(folder, Optional.empty())).isPresent();
        set(file, "rw-------");
        set(folder, "rwx----w-");
        assertThat(PrivateFiles.foreign(folder, Optional.empty()).orElseThrow()).startsWith(folder + " can be changed");
    }

    @Test
    void whatItsGroupMayChangeIsItsOwnWhereTheFolderIsShared() throws IOException {
        Path shared = folder.resolve("shared");
        PrivateFiles.createFolder(shared, true);
        Path file = Files.writeString(shared.resolve("a"), "text");
        set(file, "rw-rw----");
        assertThat(PrivateFiles.foreign(shared, Optional.empty())).isEmpty();
        set(file, "rw-rw--w-");
        assertThat(PrivateFiles.foreign(shared, Optional.empty())).isPresent();
    }

    @Test
    void whoseFileItIsCounts() throws IOException {
        try (FileSystem disk = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setAttributeViews("basic", "owner", "posix", "unix")
                .build())) {
            Path runs = Files.createDirectory(disk.getPath("/runs"));
            set(runs, "rwx------");
            Files.setOwner(
                    runs, disk.getUserPrincipalLookupService().lookupPrincipalByName(System.getProperty("user.name")));
            assertThat(PrivateFiles.foreign(runs, Optional.empty())).isEmpty();
            Path file = Files.writeString(runs.resolve("a"), "text");
            set(file, "rw-------");
            Files.setOwner(file, disk.getUserPrincipalLookupService().lookupPrincipalByName("asmith"));

            assertThat(PrivateFiles.foreign(runs, Optional.empty()).orElseThrow())
                    .startsWith("/runs/a belongs to asmith, not to " + System.getProperty("user.name"))
                    .endsWith("--trust-owner asmith.");
            assertThat(PrivateFiles.foreign(runs, Optional.of("bjones"))).isPresent();
            assertThat(PrivateFiles.foreign(runs, Optional.of("asmith"))).isEmpty();
        }
    }

    @Test
    void whereNoSuchRightsAreKnownNothingIsForeign() throws IOException {
        try (FileSystem disk = Jimfs.newFileSystem(Configuration.windows())) {
            Path runs = disk.getPath("C:\\runs");
            PrivateFiles.createFolder(runs, false);
            PrivateFiles.replace(runs.resolve("a"), new byte[] {7});

            assertThat(PrivateFiles.foreign(runs, Optional.empty())).isEmpty();
            assertThat(PrivateFiles.isShared(runs)).isFalse();
            assertThat(PrivateFiles.read(runs.resolve("a"), 9)).containsExactly(7);
        }
    }

    @Test
    void onlyAPlainFileOfOneNameIsOpened() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "text");
        Files.createSymbolicLink(folder.resolve("link"), file);
        Files.createDirectory(folder.resolve("sub"));
        assertThat(PrivateFiles.isPlain(file)).isTrue();
        assertThat(PrivateFiles.isPlain(folder.resolve("link"))).isFalse();
        assertThat(PrivateFiles.read(file, 2)).isEqualTo("te".getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel = PrivateFiles.open(file, StandardOpenOption.READ)) {
            assertThat(channel.size()).isEqualTo(4);
            assertThatThrownBy(() -> channel.write(ByteBuffer.allocate(1))).isInstanceOf(RuntimeException.class);
        }

        for (String name : new String[] {"link", "sub"}) {
            assertThatThrownBy(() -> PrivateFiles.open(folder.resolve(name), StandardOpenOption.READ))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageContaining("no plain file");
            assertThatThrownBy(() -> PrivateFiles.read(folder.resolve(name), 10))
                    .hasMessageContaining("no plain file");
        }
        assertThatThrownBy(() -> PrivateFiles.read(folder.resolve("none"), 10)).isInstanceOf(NoSuchFileException.class);
        Files.createLink(folder.resolve("second"), file);
        assertThatThrownBy(() -> PrivateFiles.open(file, StandardOpenOption.WRITE))
                .hasMessageContaining("it has a second name elsewhere");
    }

    @Test
    void aFileIsReplacedWholeAndNothingElseStays() throws IOException {
        Path file = folder.resolve("a");
        PrivateFiles.replace(file, "one".getBytes(StandardCharsets.UTF_8));
        PrivateFiles.replace(file, "two".getBytes(StandardCharsets.UTF_8));

        assertThat(file).hasContent("two");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
        Files.createDirectory(folder.resolve("sub"));
        Files.writeString(folder.resolve("sub/x"), "");
        assertThatThrownBy(() -> PrivateFiles.replace(folder.resolve("sub"), new byte[] {1}))
                .isInstanceOf(FileSystemException.class);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void whatIsNotThereCannotBeMoved() {
        assertThatThrownBy(() -> PrivateFiles.move(folder.resolve("none"), folder.resolve("b")))
                .isInstanceOf(NoSuchFileException.class);
    }

    private static String rights(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static void set(Path file, String rights) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
    }
}
