package dev.runbook.endpoint.files;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Failure.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Copies one file. The bytes go to a temporary name beside the target; that becomes the target in one move when its size and
 * SHA-256, read back, are those of the source. A temporary file that is there already is kept as far as it agrees with the
 * source, so a copy that was cut off goes on where it stopped.
 */
final class FileCopy {
    /** What a half-written file is called: the name of the file and this. */
    static final String PARTIAL = ".part-runbook";

    private static final int CHUNK = 1 << 20;

    private final FoundFile source;
    private final Path target;
    private final Path partial;
    private final CopyProgress progress;

    FileCopy(FoundFile source, Path folder, CopyProgress progress) {
        this.source = source;
        this.target = folder.resolve(source.name());
        this.partial = partialIn(folder, source.name());
        this.progress = progress;
    }

    /** The temporary name of a file in a folder. */
    static Path partialIn(Path folder, String name) {
        return folder.resolve(name + PARTIAL);
    }

    /** Copies; the SHA-256 of the file, in hexadecimal digits. */
    String copy() throws IOException {
        String sent = write();
        refuseChangedSource();
        String arrived = readBack();
        if (!sent.equals(arrived)) {
            Files.deleteIfExists(partial);
            throw failed(
                    "copy-differs",
                    "The copy of " + source.path() + " came out different when it was read back (SHA-256 " + arrived
                            + ", wanted " + sent + "). It was thrown away.");
        }
        Files.setLastModifiedTime(partial, source.modified());
        Files.move(partial, target, ATOMIC_MOVE, REPLACE_EXISTING);
        return arrived;
    }

    private String write() throws IOException {
        MessageDigest digest = sha256();
        try (FileChannel from = FileChannel.open(source.path(), READ);
                FileChannel to = FileChannel.open(partial, READ, WRITE, CREATE)) {
            long agreed = agreement(from, to, digest);
            to.truncate(agreed);
            from.position(agreed);
            to.position(agreed);
            ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
            while (fill(from, buffer, CHUNK) > 0) {
                digest.update(buffer.duplicate());
                int bytes = buffer.remaining();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                progress.add(bytes);
            }
            to.force(true);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** How many bytes, in whole chunks or to the end of the partial file, are the same on both sides; digests them. */
    private long agreement(FileChannel from, FileChannel to, MessageDigest digest) throws IOException {
        ByteBuffer theirs = ByteBuffer.allocate(CHUNK);
        ByteBuffer ours = ByteBuffer.allocate(CHUNK);
        long agreed = 0;
        while (fill(to, ours, CHUNK) > 0
                && fill(from, theirs, ours.remaining()) == ours.remaining()
                && theirs.equals(ours)) {
            digest.update(theirs.duplicate());
            agreed += theirs.remaining();
            progress.add(theirs.remaining());
        }
        return agreed;
    }

    private void refuseChangedSource() throws IOException {
        boolean same = Files.size(source.path()) == source.size()
                && Files.getLastModifiedTime(source.path()).equals(source.modified());
        if (!same) {
            throw failed("source-changed", source.path() + " was written to while it was copied. Copy it again.");
        }
    }

    private String readBack() throws IOException {
        MessageDigest digest = sha256();
        try (FileChannel from = FileChannel.open(partial, READ)) {
            ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
            while (fill(from, buffer, CHUNK) > 0) {
                digest.update(buffer);
                progress.check();
            }
        }
        return HexFormat.of().formatHex(digest.digest());
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
}
