package dev.runbook.windows;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Drives and shares as a program on Windows finds them; what is in the files lies on the disk of this computer, so channels and
 * locks are real ones. Paths are those of Windows: drives, shares, both separators, case that does not count, signs that no
 * name may have (Microsoft, "Naming Files, Paths, and Namespaces"). What else differs from other systems:
 *
 * <ul>
 *   <li>No file has rights of POSIX, a number of its own, or a mode: a {@code PosixFileAttributeView} is null, and {@code
 *       fileKey} too (the JDK's {@code WindowsFileSystem} and {@code WindowsFileAttributes}).
 *   <li>A folder cannot be opened as a file, and a root cannot be made (Microsoft, "CreateFileW" and "CreateDirectoryW").
 *   <li>A file that is deleted while somebody has it open keeps its name until it is closed, and is denied to whoever asks for
 *       it ("DeleteFileW", remarks; on a share to this day).
 *   <li>No other file takes the name of one that is open or read-only ("MoveFileExW"; ERROR_ACCESS_DENIED).
 *   <li>A move that may replace and need not be one step deletes first, and moves then ({@code WindowsFileCopy.move} in the
 *       JDK): if the second fails, the name is gone.
 *   <li>Whoever {@link #hold holds} a file without sharing it, a virus scanner or a backup, keeps all others from writing,
 *       moving and deleting it ("Creating and Opening Files", file sharing).
 *   <li>A share that is {@link #lose lost} ends every open file with ERROR_NETNAME_DELETED; closing goes well.
 *   <li>How much room there is, is measured at the root of a share, whatever lies below it ("GetDiskFreeSpaceExW").
 * </ul>
 */
public final class WindowsFiles extends FileSystem {
    private final Path disk;
    private final FileSystem syntax = Jimfs.newFileSystem(Configuration.windows());
    private final WindowsProvider provider = new WindowsProvider(this);
    private final Map<Path, WindowsError> said = new HashMap<>();
    private final Map<Path, Integer> held = new HashMap<>();
    private final Map<Path, Integer> open = new HashMap<>();
    private final Map<Path, OptionalLong> room = new HashMap<>();
    private final Set<Path> readOnly = new HashSet<>();
    private final Set<Path> vanishing = new HashSet<>();
    private final Set<Path> lost = new HashSet<>();
    private final Set<Path> full = new HashSet<>();
    private final Set<Path> unforced = new HashSet<>();
    private final List<String> namedTooSoon = new ArrayList<>();

    /**
     * A computer that has the drive C: with its current folder.
     *
     * @param disk a folder of this computer for what is in the files
     */
    public WindowsFiles(Path disk) {
        this.disk = disk;
        folder("C:\\work");
    }

    /** Makes a folder, with its drive or share. */
    public Path folder(String path) {
        try {
            Path made = getPath(path);
            Files.createDirectories(disk.resolve(rootName(made)));
            if (!Files.isDirectory(made)) {
                Files.createDirectories(made);
            }
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on this is said to whoever asks for the path or for what lies below it. */
    public synchronized void say(String path, WindowsError error) {
        said.put(key(getPath(path)), error);
    }

    /** Somebody reads a file and shares it with no writer, until {@link #release}. */
    public void hold(Path file) {
        hold(file, Integer.MAX_VALUE);
    }

    /** The same until so many requests were refused for it. */
    public synchronized void hold(Path file, int refusals) {
        held.put(key(file), refusals);
    }

    /** Whoever held it lets go. */
    public synchronized void release(Path file) {
        held.remove(key(file));
    }

    /** A file or folder becomes read-only: for a folder, to what lies in it too, as rights of a share do. */
    public synchronized void makeReadOnly(Path file) {
        readOnly.add(key(file));
    }

    /** It is not read-only any more. */
    public synchronized void makeWritable(Path file) {
        readOnly.remove(key(file));
    }

    /** The connection to a share goes away. */
    public synchronized void lose(String root) {
        lost.add(key(getPath(root)));
        say(root, WindowsError.BAD_NETPATH);
    }

    /** So many bytes are free at a root; empty where this account may not ask. */
    public synchronized void setRoom(String root, OptionalLong bytes) {
        room.put(key(getPath(root).getRoot()), bytes);
    }

    /** From now on there is no room for a single byte below a path. */
    public synchronized void fill(String path) {
        full.add(key(getPath(path)));
    }

    /** There is room again everywhere. */
    public synchronized void makeRoom() {
        full.clear();
    }

    /** The files that got a name before what was written into them was on disk, by that name; a power cut would leave them empty. */
    public synchronized List<String> namedTooSoon() {
        return List.copyOf(namedTooSoon);
    }

    synchronized void written(Path file) {
        unforced.add(key(file));
    }

    synchronized void forced(Path file) {
        unforced.remove(key(file));
    }

    synchronized void named(Path from, Path to) {
        if (unforced.remove(key(from))) {
            namedTooSoon.add(to.getFileName().toString());
        }
    }

    /** Whether it was deleted while somebody had it open. */
    public synchronized boolean isVanishing(Path file) {
        return vanishing.contains(key(file));
    }

    // what the provider asks

    /** Where on the disk of this computer it lies, whatever the case of its name; and that nothing is said against it. */
    synchronized Path real(Path path) throws IOException {
        Path key = key(path);
        for (Map.Entry<Path, WindowsError> each : said.entrySet()) {
            if (key.startsWith(each.getKey())) {
                throw each.getValue().exception(path.toString());
            }
        }
        if (!Files.isDirectory(disk.resolve(rootName(path)))) {
            throw noRoot(path);
        }
        return find(path);
    }

    private Path find(Path path) throws IOException {
        Path found = disk.resolve(rootName(path));
        for (Path part : WindowsPath.syntax(key(path))) {
            found = named(found, part.toString());
        }
        return found;
    }

    private IOException noRoot(Path path) throws IOException {
        String root = path.toAbsolutePath().getRoot().toString();
        if (!root.startsWith("\\\\")) {
            return WindowsError.PATH_NOT_FOUND.exception(path.toString());
        }
        String server = rootName(path).replaceFirst("=[^=]*$", "=");
        try (Stream<Path> roots = Files.list(disk)) {
            boolean known = roots.anyMatch(each -> each.getFileName().toString().startsWith(server));
            return (known ? WindowsError.BAD_NET_NAME : WindowsError.BAD_NETPATH).exception(path.toString());
        }
    }

    private static Path named(Path folder, String name) throws IOException {
        Path exact = folder.resolve(name);
        if (Files.exists(exact) || !Files.isDirectory(folder)) {
            return exact;
        }
        try (Stream<Path> names = Files.list(folder)) {
            return names.filter(each -> each.getFileName().toString().equalsIgnoreCase(name))
                    .findFirst()
                    .orElse(exact);
        }
    }

    private static String rootName(Path path) {
        String root = path.toAbsolutePath().getRoot().toString().toLowerCase(Locale.ROOT);
        return root.replaceAll("\\\\+$", "").replace("\\", "=").replace(":", "");
    }

    private static Path key(Path path) {
        return path.toAbsolutePath().normalize();
    }

    /** Refuses what needs a file that somebody else does not share. */
    synchronized void requireShared(Path path, WindowsError error, Path other) throws IOException {
        Integer left = held.get(key(path));
        if (left == null) {
            return;
        }
        held.computeIfPresent(key(path), (file, refusals) -> refusals <= 1 ? null : refusals - 1);
        throw error.exception(path.toString(), other == null ? null : other.toString());
    }

    synchronized void requireWritable(Path path) throws IOException {
        if (readOnly.stream().anyMatch(key(path)::startsWith)) {
            throw WindowsError.ACCESS_DENIED.exception(path.toString());
        }
    }

    synchronized void requireThere(Path path) throws IOException {
        if (vanishing.contains(key(path))) {
            throw WindowsError.ACCESS_DENIED.exception(path.toString());
        }
    }

    synchronized boolean isOpen(Path path) {
        return open.containsKey(key(path));
    }

    synchronized void opened(Path path) {
        open.merge(key(path), 1, Integer::sum);
    }

    synchronized void closed(Path path) throws IOException {
        Path key = key(path);
        open.computeIfPresent(key, (file, times) -> times == 1 ? null : times - 1);
        if (!open.containsKey(key) && vanishing.remove(key)) {
            Files.deleteIfExists(find(path));
        }
    }

    synchronized void vanishes(Path path) {
        vanishing.add(key(path));
    }

    synchronized boolean isLost(Path path) {
        return lost.stream().anyMatch(key(path)::startsWith);
    }

    synchronized boolean isFull(Path path) {
        return full.stream().anyMatch(key(path)::startsWith);
    }

    synchronized Optional<OptionalLong> room(Path path) {
        return Optional.ofNullable(room.get(key(path).getRoot()));
    }

    Path wrap(Path syntaxOfPath) {
        return new WindowsPath(this, syntaxOfPath);
    }

    // FileSystem

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    /**
     * A path as Windows reads it.
     *
     * @throws InvalidPathException where a sign stands in it that no name may have
     */
    @Override
    public Path getPath(String first, String... more) {
        return wrap(syntax.getPath(first, more));
    }

    @Override
    public String getSeparator() {
        return "\\";
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return Set.of(getPath("C:\\"));
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return Set.of();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return Set.of("basic", "dos", "acl", "owner", "user");
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
        PathMatcher matcher = syntax.getPathMatcher(pattern);
        return path -> matcher.matches(WindowsPath.syntax(path));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        throw new UnsupportedOperationException();
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException();
    }
}
