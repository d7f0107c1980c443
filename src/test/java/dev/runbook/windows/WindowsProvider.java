package dev.runbook.windows;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileStoreAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Does with the files of {@link WindowsFiles} what Windows does. */
final class WindowsProvider extends FileSystemProvider {
    private final WindowsFiles files;

    WindowsProvider(WindowsFiles files) {
        this.files = files;
    }

    @Override
    public String getScheme() {
        return "windows";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException();
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
        return newFileChannel(path, options, attributes);
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        refuse(attributes);
        Path real = files.real(path);
        files.requireThere(path);
        boolean writes = options.contains(StandardOpenOption.WRITE) || options.contains(StandardOpenOption.APPEND);
        if (writes) {
            files.requireWritable(path);
            files.requireShared(path, WindowsError.SHARING_VIOLATION, null);
        }
        if (Files.isDirectory(real)) {
            throw (options.contains(StandardOpenOption.CREATE_NEW)
                            ? WindowsError.FILE_EXISTS
                            : WindowsError.ACCESS_DENIED)
                    .exception(path.toString());
        }
        return said(path, () -> new WindowsChannel(files, path, FileChannel.open(real, options)));
    }

    /** What this computer's own file system throws, with the name that the file has on Windows. */
    private static <T> T said(Path path, Work<T> work) throws IOException {
        try {
            return work.done();
        } catch (NoSuchFileException e) {
            throw WindowsError.FILE_NOT_FOUND.exception(path.toString());
        } catch (java.nio.file.FileAlreadyExistsException e) {
            throw WindowsError.FILE_EXISTS.exception(path.toString());
        } catch (java.nio.file.NotDirectoryException e) {
            throw WindowsError.DIRECTORY.exception(path.toString());
        } catch (DirectoryNotEmptyException e) {
            throw new DirectoryNotEmptyException(path.toString());
        } catch (FileSystemException e) {
            throw new FileSystemException(path.toString(), null, e.getReason());
        }
    }

    private interface Work<T> {
        T done() throws IOException;
    }

    private static void refuse(FileAttribute<?>... attributes) {
        Arrays.stream(attributes)
                .filter(each -> each.name().startsWith("posix") || each.name().startsWith("unix"))
                .forEach(each -> {
                    throw new UnsupportedOperationException("'" + each.name() + "' not supported as initial attribute");
                });
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        Path real = files.real(folder);
        List<Path> found = new ArrayList<>();
        said(folder, () -> {
            try (DirectoryStream<Path> names = Files.newDirectoryStream(real)) {
                names.forEach(
                        each -> found.add(folder.resolve(each.getFileName().toString())));
            }
            return found;
        });
        List<Path> wanted = new ArrayList<>();
        try {
            for (Path each : found) {
                if (filter.accept(each)) {
                    wanted.add(each);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return new DirectoryStream<>() {
            @Override
            public java.util.Iterator<Path> iterator() {
                return wanted.iterator();
            }

            @Override
            public void close() {
                // all was read already
            }
        };
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
        refuse(attributes);
        Path real = files.real(folder);
        if (folder.toAbsolutePath().normalize().getNameCount() == 0) {
            throw WindowsError.ACCESS_DENIED.exception(folder.toString());
        }
        files.requireThere(folder);
        files.requireWritable(folder);
        said(folder, () -> Files.createDirectory(real));
    }

    @Override
    public void delete(Path path) throws IOException {
        Path real = files.real(path);
        files.requireThere(path);
        if (!Files.exists(real, LinkOption.NOFOLLOW_LINKS)) {
            throw WindowsError.FILE_NOT_FOUND.exception(path.toString());
        }
        files.requireWritable(path);
        files.requireShared(path, WindowsError.SHARING_VIOLATION, null);
        if (files.isOpen(path)) {
            files.vanishes(path);
        } else {
            said(path, () -> {
                Files.delete(real);
                return real;
            });
        }
    }

    @Override
    public void copy(Path from, Path to, CopyOption... options) throws IOException {
        Path source = files.real(from);
        Path target = files.real(to);
        files.requireWritable(to);
        files.requireShared(to, WindowsError.SHARING_VIOLATION, null);
        said(from, () -> Files.copy(source, target, options));
    }

    @Override
    public void move(Path from, Path to, CopyOption... options) throws IOException {
        List<CopyOption> wanted = List.of(options);
        Path source = files.real(from);
        Path target = files.real(to);
        files.requireThere(from);
        if (!Files.exists(source, LinkOption.NOFOLLOW_LINKS)) {
            throw WindowsError.FILE_NOT_FOUND.exception(from.toString(), to.toString());
        }
        boolean atomic = wanted.contains(StandardCopyOption.ATOMIC_MOVE);
        boolean taken = Files.exists(target, LinkOption.NOFOLLOW_LINKS) && !source.equals(target);
        if (taken && !atomic) {
            if (!wanted.contains(StandardCopyOption.REPLACE_EXISTING)) {
                throw WindowsError.FILE_EXISTS.exception(to.toString());
            }
            delete(to);
        }
        files.requireShared(from, WindowsError.SHARING_VIOLATION, to);
        files.requireWritable(from);
        files.requireWritable(to);
        files.requireShared(to, WindowsError.ACCESS_DENIED, null);
        if (files.isVanishing(to) || taken && (files.isOpen(to) || Files.isDirectory(target))) {
            throw WindowsError.ACCESS_DENIED.exception(from.toString(), to.toString());
        }
        said(to, () -> Files.move(source, target, StandardCopyOption.ATOMIC_MOVE));
        files.named(from, to);
    }

    @Override
    public boolean isSameFile(Path one, Path other) throws IOException {
        return one.equals(other) || Files.isSameFile(files.real(one), files.real(other));
    }

    @Override
    public boolean isHidden(Path path) {
        return false;
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        Path real = files.real(path);
        OptionalLong set = files.room(path)
                .orElse(OptionalLong.of(real.getFileSystem()
                        .provider()
                        .getFileStore(real.getRoot())
                        .getUsableSpace()));
        if (set.isEmpty()) {
            throw WindowsError.ACCESS_DENIED.exception(
                    path.toAbsolutePath().getRoot().toString());
        }
        return new Volume(set.getAsLong());
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        Path real = files.real(path);
        files.requireThere(path);
        if (!Files.exists(real)) {
            throw WindowsError.FILE_NOT_FOUND.exception(path.toString());
        }
        if (List.of(modes).contains(AccessMode.WRITE)) {
            files.requireWritable(path);
        }
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        return type == BasicFileAttributeView.class ? type.cast(new Basic(path, options)) : null;
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        if (type != BasicFileAttributes.class) {
            throw new UnsupportedOperationException();
        }
        Path real = files.real(path);
        files.requireThere(path);
        return type.cast(
                said(path, () -> new Unnumbered(Files.readAttributes(real, BasicFileAttributes.class, options))));
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        refuseView(attributes);
        Path real = files.real(path);
        files.requireThere(path);
        return said(path, () -> Files.readAttributes(real, attributes, options));
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        refuseView(attribute);
        Path real = files.real(path);
        files.requireThere(path);
        files.requireWritable(path);
        said(path, () -> Files.setAttribute(real, attribute, value, options));
    }

    private static void refuseView(String attribute) {
        if (attribute.startsWith("posix:") || attribute.startsWith("unix:")) {
            throw new UnsupportedOperationException("View '" + attribute.split(":")[0] + "' not available");
        }
    }

    private final class Basic implements BasicFileAttributeView {
        private final Path path;
        private final LinkOption[] options;

        Basic(Path path, LinkOption... options) {
            this.path = path;
            this.options = options;
        }

        @Override
        public String name() {
            return "basic";
        }

        @Override
        public BasicFileAttributes readAttributes() throws IOException {
            return WindowsProvider.this.readAttributes(path, BasicFileAttributes.class, options);
        }

        @Override
        public void setTimes(FileTime modified, FileTime accessed, FileTime created) throws IOException {
            Path real = files.real(path);
            files.requireThere(path);
            files.requireWritable(path);
            Files.getFileAttributeView(real, BasicFileAttributeView.class, options)
                    .setTimes(modified, accessed, created);
        }
    }

    /** What is known of a file, but for its number. */
    private record Unnumbered(BasicFileAttributes real) implements BasicFileAttributes {
        @Override
        public FileTime lastModifiedTime() {
            return real.lastModifiedTime();
        }

        @Override
        public FileTime lastAccessTime() {
            return real.lastAccessTime();
        }

        @Override
        public FileTime creationTime() {
            return real.creationTime();
        }

        @Override
        public boolean isRegularFile() {
            return real.isRegularFile();
        }

        @Override
        public boolean isDirectory() {
            return real.isDirectory();
        }

        @Override
        public boolean isSymbolicLink() {
            return real.isSymbolicLink();
        }

        @Override
        public boolean isOther() {
            return real.isOther();
        }

        @Override
        public long size() {
            return real.size();
        }

        @Override
        public Object fileKey() {
            return null;
        }
    }

    private static final class Volume extends FileStore {
        private final long free;

        Volume(long free) {
            this.free = free;
        }

        @Override
        public String name() {
            return "";
        }

        @Override
        public String type() {
            return "NTFS";
        }

        @Override
        public boolean isReadOnly() {
            return false;
        }

        @Override
        public long getTotalSpace() {
            return free;
        }

        @Override
        public long getUsableSpace() {
            return free;
        }

        @Override
        public long getUnallocatedSpace() {
            return free;
        }

        @Override
        public boolean supportsFileAttributeView(Class<? extends FileAttributeView> type) {
            return type == BasicFileAttributeView.class;
        }

        @Override
        public boolean supportsFileAttributeView(String name) {
            return name.equals("basic");
        }

        @Override
        public <V extends FileStoreAttributeView> V getFileStoreAttributeView(Class<V> type) {
            return null;
        }

        @Override
        public Object getAttribute(String attribute) {
            throw new UnsupportedOperationException();
        }
    }
}
