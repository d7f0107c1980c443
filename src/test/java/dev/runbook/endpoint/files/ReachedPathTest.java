package dev.runbook.endpoint.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.Reachability;
import dev.runbook.endpoint.Reachability.Finding;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code reachable} makes of a path for which Windows says no. */
class ReachedPathTest {
    private static final String SHARE = "\\\\fs1\\pchatlogs";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The user name or password is incorrect.",
                "Multiple connections to a server or shared resource by the same user are not allowed.",
                "There are currently no logon servers available to service the logon request.",
                "Network access is denied.",
                "No more connections can be made to this remote computer at this time.",
                "You can't access this shared folder because your organization's security policies block it."
            })
    void aShareWhoseServerAnswersAndRefusesCannotBeAskedAndSaysWhy(String reason) {
        Failure failure = failure(reach(new FileSystemException(SHARE, null, reason), Finding.OPEN));
        assertThat(failure.code()).isEqualTo("file-system");
        assertThat(failure.message()).contains(SHARE, reason);
        assertThat(failure.details()).containsExactly("fs1:445: somebody listens");
    }

    @ParameterizedTest
    @CsvSource({"REFUSED", "SILENT", "NO_WAY"})
    void aShareWhoseServerIsProvedNotToBeThereIsNotThere(Finding finding) {
        IOException gone = new FileSystemException(SHARE, null, "The network path was not found.");
        assertThat(reach(gone, finding)).isEqualTo(Answer.nothing());
    }

    @ParameterizedTest
    @CsvSource({"NO_SUCH_NAME", "NOT_DIALLED"})
    void aShareWhoseServerWasNotDialledCannotBeAsked(Finding finding) {
        IOException gone = new FileSystemException(SHARE, null, "The network path was not found.");
        assertThat(failure(reach(gone, finding)).details()).containsExactly("fs1:445: " + finding.words());
    }

    @Test
    void aFolderThatTheServerDoesNotHaveIsNotThere() {
        assertThat(reach(new NoSuchFileException(SHARE), Finding.OPEN)).isEqualTo(Answer.nothing());
    }

    @Test
    void aFolderThatRefusesCannotBeAsked() {
        assertThat(failure(reach(new AccessDeniedException(SHARE), Finding.OPEN))
                        .code())
                .isEqualTo("access-denied");
    }

    @Test
    void aDriveThatCannotBeLookedAtCannotBeAsked() {
        LocalFiles files = new LocalFiles(saying(new FileSystemException("Z:\\", null, "The device is not ready.")));
        assertThat(failure(files.reach("Z:\\logs", Limits.none())).message()).contains("The device is not ready.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\\\fs1\\pchatlogs", "D:\\pchatlogs"})
    void aPathOfWindowsCannotBeAskedFromAnotherSystem(String path) {
        LocalFiles files = new LocalFiles(Jimfs.newFileSystem(Configuration.unix()));
        Failure failure = failure(files.reach(path, Limits.none()));
        assertThat(failure.code()).isEqualTo("bad-path");
        assertThat(failure.message()).contains(path, "cannot be asked from here");
        assertThat(failure(files.list(path + "\\*", Limits.none())).code()).isEqualTo("bad-path");
    }

    private static Answer reach(IOException said, Finding server) {
        return new LocalFiles(saying(said), path -> Optional.of(new Reachability(server, "fs1:445", "")))
                .reach(SHARE, Limits.none());
    }

    private static Failure failure(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Failed.class);
        return ((Answer.Failed) answer).failure();
    }

    /** A file system of Windows that says this to whoever looks at a path. */
    private static FileSystem saying(IOException said) {
        return new Forwarding(Jimfs.newFileSystem(Configuration.windows()), said);
    }

    private static final class Forwarding extends FileSystem {
        private final FileSystem windows;
        private final FileSystemProvider provider;

        Forwarding(FileSystem windows, IOException said) {
            this.windows = windows;
            this.provider = new Refusing(said);
        }

        @Override
        public Path getPath(String first, String... more) {
            Path path = windows.getPath(first, more);
            return (Path) Proxy.newProxyInstance(
                    Path.class.getClassLoader(), new Class<?>[] {Path.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("getFileSystem")) {
                            return this;
                        }
                        try {
                            return method.invoke(path, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        @Override
        public FileSystemProvider provider() {
            return provider;
        }

        @Override
        public String getSeparator() {
            return windows.getSeparator();
        }

        @Override
        public void close() throws IOException {
            windows.close();
        }

        @Override
        public boolean isOpen() {
            return windows.isOpen();
        }

        @Override
        public boolean isReadOnly() {
            return windows.isReadOnly();
        }

        @Override
        public Iterable<Path> getRootDirectories() {
            return windows.getRootDirectories();
        }

        @Override
        public Iterable<FileStore> getFileStores() {
            return windows.getFileStores();
        }

        @Override
        public Set<String> supportedFileAttributeViews() {
            return windows.supportedFileAttributeViews();
        }

        @Override
        public PathMatcher getPathMatcher(String pattern) {
            return windows.getPathMatcher(pattern);
        }

        @Override
        public UserPrincipalLookupService getUserPrincipalLookupService() {
            return windows.getUserPrincipalLookupService();
        }

        @Override
        public WatchService newWatchService() throws IOException {
            return windows.newWatchService();
        }
    }

    private static final class Refusing extends FileSystemProvider {
        private final IOException said;

        Refusing(IOException said) {
            this.said = said;
        }

        @Override
        public String getScheme() {
            return "refusing";
        }

        @Override
        public FileSystem newFileSystem(URI uri, Map<String, ?> environment) throws IOException {
            throw said;
        }

        @Override
        public FileSystem getFileSystem(URI uri) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Path getPath(URI uri) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SeekableByteChannel newByteChannel(
                Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
            throw said;
        }

        @Override
        public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
                throws IOException {
            throw said;
        }

        @Override
        public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
            throw said;
        }

        @Override
        public void delete(Path path) throws IOException {
            throw said;
        }

        @Override
        public void copy(Path from, Path to, CopyOption... options) throws IOException {
            throw said;
        }

        @Override
        public void move(Path from, Path to, CopyOption... options) throws IOException {
            throw said;
        }

        @Override
        public boolean isSameFile(Path one, Path other) throws IOException {
            throw said;
        }

        @Override
        public boolean isHidden(Path path) throws IOException {
            throw said;
        }

        @Override
        public FileStore getFileStore(Path path) throws IOException {
            throw said;
        }

        @Override
        public void checkAccess(Path path, AccessMode... modes) throws IOException {
            throw said;
        }

        @Override
        public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
            return null;
        }

        @Override
        public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
                throws IOException {
            throw said;
        }

        @Override
        public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
                throws IOException {
            throw said;
        }

        @Override
        public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
            throw said;
        }
    }
}
