package dev.runbook.lint;

import dev.runbook.terminal.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes whole files: whoever reads them finds the old text or the new one, never a half. */
final class TextFile {
    private TextFile() {}

    /**
     * Writes a file, and the folders above it where they are missing. A link is replaced, not followed: whoever planted it must
     * not choose what is overwritten.
     *
     * @throws Refusal if it cannot be written
     */
    static void write(Path file, String text) {
        try {
            boolean device = file.toAbsolutePath().startsWith("/dev");
            if (Files.exists(file) && !Files.isRegularFile(file) && (device || !Files.isSymbolicLink(file))) {
                // a pipe or a terminal cannot be replaced
                Files.writeString(file, text);
            } else {
                replace(file.toAbsolutePath(), text);
            }
        } catch (IOException e) {
            throw Refusal.usage(Refusal.sentence(file, e));
        }
    }

    private static void replace(Path file, String text) throws IOException {
        if (!Files.isDirectory(file.getParent())) {
            Files.createDirectories(file.getParent());
        }
        Path fresh = Files.createTempFile(file.getParent(), "." + file.getFileName(), ".new");
        try {
            Files.write(fresh, text.getBytes(StandardCharsets.UTF_8));
            givePermissions(file, fresh);
            move(fresh, file);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** A temporary file is for its owner alone; what stands in its place must stay readable for the others. */
    private static void givePermissions(Path file, Path fresh) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(
                    Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(file)
                            ? Files.getPosixFilePermissions(file)
                            : PosixFilePermissions.fromString("rw-r--r--"));
        }
    }

    private static void move(Path fresh, Path file) throws IOException {
        try {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            // some network shares cannot; then replacing is the best there is
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
