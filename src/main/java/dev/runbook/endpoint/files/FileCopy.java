package dev.runbook.endpoint.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Failure.Kind;
import dev.runbook.endpoint.FileSystemEndpoint;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.files.FileFailures.EndedEarly;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Copies files into a folder. The bytes of each go to a temporary name beside the target; that becomes the target in one move
 * when its size and SHA-256, read back, are those of the source, and when it is known that it will. A temporary file that is
 * there already is kept as far as it agrees with the source, so a copy that was cut off goes on where it stopped.
 *
 * <p>Files get their names in batches, so that many small ones need few lines in a journal. Memory does not grow with them.
 */
final class FileCopy implements AutoCloseable {
    /** What a half-written file is called: the name of the file and this. */
    static final String PARTIAL = ".part-runbook";

    private static final int CHUNK = 1 << 20;
    private static final int BATCH_FILES = 256;
    /** So many files are forced to disk at once: a disk that is asked one by one waits most of the time. */
    private static final int FORCED_AT_ONCE = 8;

    private static final long BATCH_BYTES = 64L << 20;

    /** Who may do what with a temporary file: nobody but its owner, until it is whole. */
    private static final FileAttribute<Set<PosixFilePermission>> OWN =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path folder;
    private final FileSystemEndpoint.Whole whole;
    private final Limits limits;
    private final long total;
    private final long start = System.nanoTime();
    private final ByteBuffer ours = ByteBuffer.allocate(CHUNK);
    private final ByteBuffer theirs = ByteBuffer.allocate(CHUNK);
    private final MessageDigest digest = sha256();
    private final List<Row> batch = new ArrayList<>();
    private final List<Row> added = new ArrayList<>();
    private final List<Future<?>> forced = new ArrayList<>();
    private final ExecutorService disk = new ThreadPoolExecutor(
            FORCED_AT_ONCE, FORCED_AT_ONCE, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                Thread thread = new Thread(task, "files-to-disk");
                thread.setDaemon(true);
                return thread;
            });
    private long batchBytes;
    private long done;

    /** A copy of so many bytes in all. */
    FileCopy(Path folder, long total, FileSystemEndpoint.Whole whole, Limits limits) {
        this.folder = folder;
        this.total = total;
        this.whole = whole;
        this.limits = limits;
    }

    /** The temporary name of a file. */
    static Path partial(Path target) {
        return target.resolveSibling(target.getFileName() + PARTIAL);
    }

    /** Copies a file; it gets its name here or in {@link #finish}. */
    void add(Folder.Entry source) throws IOException {
        check();
        Path target = folder.resolve(source.name());
        Path partial = partial(target);
        String sent = write(source, partial);
        refuseChangedSource(source);
        String arrived = readBack(partial);
        if (!sent.equals(arrived)) {
            Files.deleteIfExists(partial);
            throw failed(
                    "copy-differs",
                    "The copy of " + source.path() + " came out different when it was read back (SHA-256 " + arrived
                            + ", wanted " + sent + "). It was thrown away.");
        }
        dress(source, partial);
        batch.add(row(source, target, arrived));
        batchBytes += source.size();
        if (batch.size() >= BATCH_FILES || batchBytes >= BATCH_BYTES) {
            finish();
        }
    }

    /** Gives all files that are whole their names; what was added so far. */
    List<Row> finish() throws IOException {
        if (!batch.isEmpty()) {
            untilOnDisk();
            whole.are(batch);
            for (Row file : batch) {
                Path target = folder.resolve(file.get("name").orElseThrow().text());
                name(partial(target), target);
                added.add(file);
            }
            batch.clear();
            batchBytes = 0;
        }
        return List.copyOf(added);
    }

    /** Where the folder took the temporary file, a refusal is one of the file whose place it is to take. */
    private static void name(Path partial, Path target) throws IOException {
        try {
            Files.move(partial, target, ATOMIC_MOVE, REPLACE_EXISTING);
        } catch (AccessDeniedException e) {
            throw new EndedEarly(FileFailures.held(target.toString()));
        }
    }

    private void untilOnDisk() throws IOException {
        try {
            for (Future<?> file : forced) {
                file.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while copies were written to disk");
        } finally {
            forced.clear();
        }
    }

    /** Whatever is still on its way to disk is left to itself. */
    @Override
    public void close() {
        disk.shutdown();
    }

    private String write(Folder.Entry source, Path partial) throws IOException {
        digest.reset();
        FileChannel to = open(partial);
        try (FileChannel from = FileChannel.open(source.path(), READ, NOFOLLOW_LINKS)) {
            long agreed = agreement(from, to);
            to.truncate(agreed);
            from.position(agreed);
            to.position(agreed);
            while (fill(from, ours, CHUNK) > 0) {
                digest.update(ours.duplicate());
                int bytes = ours.remaining();
                while (ours.hasRemaining()) {
                    to.write(ours);
                }
                advance(bytes);
            }
        } catch (IOException e) {
            to.close();
            throw e;
        }
        // while it is read back, it is on its way to disk
        forced.add(disk.submit(() -> {
            try (to) {
                to.force(true);
            }
            return true;
        }));
        return HexFormat.of().formatHex(digest.digest());
    }

    /** What is left of an earlier copy, or a new file. Whatever else stands there loses the name; what it leads to is not touched. */
    private static FileChannel open(Path partial) throws IOException {
        if (Files.exists(partial, NOFOLLOW_LINKS)) {
            if (isPlain(partial)) {
                return FileChannel.open(partial, READ, WRITE, NOFOLLOW_LINKS);
            }
            Files.delete(partial);
        }
        Set<OpenOption> options = Set.of(READ, WRITE, CREATE_NEW, NOFOLLOW_LINKS);
        return has(partial, "posix") ? FileChannel.open(partial, options, OWN) : FileChannel.open(partial, options);
    }

    /** Whether it is a file that has no other name. */
    static boolean isPlain(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS)
                        .isRegularFile()
                && (!has(path, "unix")
                        || ((Number) Files.getAttribute(path, "unix:nlink", NOFOLLOW_LINKS)).intValue() == 1);
    }

    private static boolean has(Path path, String view) {
        return path.getFileSystem().supportedFileAttributeViews().contains(view);
    }

    /** How many bytes, in whole chunks or to the end of the partial file, are the same on both sides; digests them. */
    private long agreement(FileChannel from, FileChannel to) throws IOException {
        long agreed = 0;
        while (fill(to, ours, CHUNK) > 0
                && fill(from, theirs, ours.remaining()) == ours.remaining()
                && theirs.equals(ours)) {
            digest.update(theirs.duplicate());
            agreed += theirs.remaining();
            advance(theirs.remaining());
        }
        return agreed;
    }

    private static void refuseChangedSource(Folder.Entry source) throws IOException {
        boolean same = Files.size(source.path()) == source.size()
                && Files.getLastModifiedTime(source.path()).equals(source.modified());
        if (!same) {
            throw failed("source-changed", source.path() + " was written to while it was copied. Copy it again.");
        }
    }

    /** The SHA-256 of a file as it lies there, in hexadecimal digits. */
    String readBack(Path file) throws IOException {
        digest.reset();
        try (FileChannel from = FileChannel.open(file, READ, NOFOLLOW_LINKS)) {
            while (fill(from, ours, CHUNK) > 0) {
                digest.update(ours);
                check();
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The copy is as old as the source, and as open. */
    private static void dress(Folder.Entry source, Path partial) throws IOException {
        Files.setLastModifiedTime(partial, source.modified());
        PosixFileAttributeView theirs =
                Files.getFileAttributeView(source.path(), PosixFileAttributeView.class, NOFOLLOW_LINKS);
        PosixFileAttributeView ours = Files.getFileAttributeView(partial, PosixFileAttributeView.class, NOFOLLOW_LINKS);
        if (theirs != null && ours != null) {
            // through the path: a link that is put there meanwhile is not followed by the move, and its mode does not
            // count
            Files.setPosixFilePermissions(partial, theirs.readAttributes().permissions());
        }
    }

    private static Row row(Folder.Entry file, Path target, String sha256) {
        Map<String, Value> columns = new LinkedHashMap<>();
        columns.put("name", Value.of(file.name()));
        columns.put("target", Value.of(target.toString()));
        columns.put("size", Value.of(file.size()));
        columns.put("sha256", Value.of(sha256));
        columns.put("replaced", Value.of(Files.exists(target, NOFOLLOW_LINKS)));
        return new Row(columns);
    }

    private void advance(long bytes) throws EndedEarly {
        done += bytes;
        limits.progress().advanced(done, total, "bytes");
        check();
    }

    /** Ends the copy when it has to end; what was copied so far stays, and is where the next copy goes on. */
    private void check() throws EndedEarly {
        if (limits.cancellation().isRequested()) {
            throw stopped("cancelled", "The copy was cancelled");
        }
        if (limits.timeout().isPresent()
                && System.nanoTime() - start > limits.timeout().get().toNanos()) {
            throw stopped("timeout", "The copy took longer than its timeout");
        }
    }

    private EndedEarly stopped(String code, String sentence) {
        String message = sentence + " after " + done + " of " + total + " bytes. The next copy goes on from there.";
        return new EndedEarly(Failure.definite(Kind.CANCELLED, code, message));
    }

    /** Reads until the buffer holds so many bytes or the file ends, and makes it ready to be read. */
    private static int fill(FileChannel from, ByteBuffer buffer, int wanted) throws IOException {
        buffer.clear().limit(wanted);
        int read = 0;
        while (buffer.hasRemaining() && read >= 0) {
            read = from.read(buffer);
        }
        return buffer.flip().remaining();
    }

    private static EndedEarly failed(String code, String message) {
        return new EndedEarly(Failure.definite(Kind.TRANSIENT, code, message));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** How many bytes a file lacks, given what lies there of it. */
    static long lacking(Folder.Entry file, Path folder) throws IOException {
        try {
            BasicFileAttributes there = Files.readAttributes(
                    partial(folder.resolve(file.name())), BasicFileAttributes.class, NOFOLLOW_LINKS);
            return there.isRegularFile() ? Math.max(0, file.size() - there.size()) : file.size();
        } catch (NoSuchFileException e) {
            return file.size();
        }
    }
}
