package dev.runbook.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/** Keeps others from reading the files of a run, where the file system knows how. On Windows the folder's own list decides. */
public final class PrivateFiles {
    private PrivateFiles() {}

    /**
     * Only the owner may read and write it, or enter it where it is a folder.
     *
     * @throws IOException if the file system refuses
     */
    public static void restrict(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(PosixFilePermissions.fromString(Files.isDirectory(file) ? "rwx------" : "rw-------"));
        }
    }
}
