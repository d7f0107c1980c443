package dev.runbook.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says what is wrong with a file or folder that somebody named. The texts of Java name the file and little else. */
final class FileTrouble {
    private FileTrouble() {}

    /** One sentence, and what to do. */
    static String sentence(FileSystemException trouble) {
        String file = String.valueOf(trouble.getFile());
        if (trouble instanceof AccessDeniedException) {
            return "This user may not read or write " + file + ". Correct the rights, or name another place.";
        }
        if (trouble instanceof NoSuchFileException) {
            return file + " cannot be made or read: a folder above it is not there. Make it, or name another place.";
        }
        if (trouble instanceof FileAlreadyExistsException) {
            return file + " is a file, and a folder is needed. Name another place.";
        }
        return file + " cannot be used: " + trouble.getMessage();
    }
}
