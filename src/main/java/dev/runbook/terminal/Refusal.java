package dev.runbook.terminal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** What the operator asked for cannot be done, and why. Ends the command with one message and without a stack trace. */
public final class Refusal extends RuntimeException {
    private final ExitCode code;

    /**
     * A refusal.
     *
     * @param code what the program ends with
     * @param message what is wrong and what to do instead; may have several lines
     */
    public Refusal(ExitCode code, String message) {
        super(message);
        this.code = code;
    }

    /** Something on the command line is wrong. */
    public static Refusal usage(String message) {
        return new Refusal(ExitCode.USAGE, message);
    }

    /** What the program ends with. */
    public ExitCode code() {
        return code;
    }

    /**
     * One sentence, and what to do.
     *
     * @param named the file that somebody named, where the trouble names none
     */
    public static String sentence(Path named, IOException trouble) {
        return trouble instanceof FileSystemException file && file.getFile() != null
                ? sentence(file)
                : named + " cannot be used: " + trouble.getMessage();
    }

    /** Whether the trouble is the file that somebody named, and not the disk or the share that it lies on. */
    public static boolean isOfName(IOException trouble) {
        return trouble instanceof AccessDeniedException
                || trouble instanceof NoSuchFileException
                || trouble instanceof NotDirectoryException
                || trouble instanceof FileAlreadyExistsException;
    }

    /** One sentence, and what to do. */
    public static String sentence(FileSystemException trouble) {
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
        return file + " cannot be used: " + (trouble.getReason() == null ? "the system says no" : trouble.getReason())
                + ".";
    }
}
