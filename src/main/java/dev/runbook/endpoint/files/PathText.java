package dev.runbook.endpoint.files;

import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads paths that were written for Windows or for Unix: {@code /} and {@code \} both separate. */
record PathText(FileSystem fileSystem) {
    /**
     * The path of a text.
     *
     * @throws java.nio.file.InvalidPathException where the file system can have no such path
     */
    Path path(String text) {
        String separator = fileSystem.getSeparator();
        return fileSystem.getPath(text.replace("\\", separator).replace("/", separator));
    }

    /** The folder of a pattern such as {@code \\fs1\logs\mgc_*.trn}; the working folder where it names none. */
    Path folder(String pattern) {
        int last = lastSeparator(pattern);
        return path(last < 0 ? "." : pattern.substring(0, last + 1));
    }

    /** The last part of a pattern. */
    static Glob glob(String pattern) {
        return Glob.of(pattern.substring(lastSeparator(pattern) + 1));
    }

    /**
     * Whether the last part of a pattern can only be the name of a folder: it is empty, or it has no wildcard and there is a
     * folder of that name.
     *
     * @throws java.nio.file.InvalidPathException where the file system can have no such path
     */
    boolean endsWithFolder(String pattern) {
        String last = pattern.substring(lastSeparator(pattern) + 1);
        boolean wild = last.contains("*") || last.contains("?");
        return last.isEmpty() || !wild && Files.isDirectory(path(pattern));
    }

    private static int lastSeparator(String text) {
        return Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\'));
    }
}
