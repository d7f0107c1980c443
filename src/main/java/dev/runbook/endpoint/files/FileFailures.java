package dev.runbook.endpoint.files;

import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Failure.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Classifies what a file system says. Decides on the type of the exception, since its text is in the language of the computer. */
final class FileFailures {
    private FileFailures() {}

    /** Work on files ended early for a reason that is not the file system's. */
    static final class EndedEarly extends IOException {
        private final transient Failure failure;

        EndedEarly(Failure failure) {
            super(failure.message());
            this.failure = failure;
        }
    }

    /** The failure that an exception stands for. */
    static Failure of(IOException exception) {
        if (exception instanceof EndedEarly stopped) {
            return stopped.failure;
        }
        if (exception instanceof NoSuchFileException) {
            return definite(Kind.LASTING, "no-such-folder", exception, "There is no such folder or file");
        }
        if (exception instanceof NotDirectoryException) {
            return definite(Kind.LASTING, "not-a-folder", exception, "This is a file and not a folder");
        }
        if (exception instanceof AccessDeniedException) {
            return definite(
                    Kind.ACCESS,
                    "access-denied",
                    exception,
                    "The account that runs this program has no permission for");
        }
        return definite(Kind.TRANSIENT, "file-system", exception, "The file system or the network says no to");
    }

    /** A path that this file system cannot have. */
    static Failure badPath(String input, String reason) {
        return Failure.definite(
                Kind.LASTING, "bad-path", "\"" + input + "\" is not a path on this computer (" + reason + ").");
    }

    /** A folder where the names of files are asked for: no file has its name, and that would look like a folder without files. */
    static Failure noPattern(String pattern) {
        return Failure.definite(
                Kind.LASTING,
                "no-pattern",
                "\"" + pattern
                        + "\" names a folder and no files. Write a pattern behind it, such as \\* for every file.");
    }

    /** A source without files: a wrong share looks just like that. */
    static Failure nothingToCopy(String from, String include) {
        return Failure.definite(
                Kind.LASTING,
                "nothing-to-copy",
                "No file in " + from + " matches " + include
                        + ". See whether it is the right folder. Where that is as it should"
                        + " be, the runbook says so with \"may-be-empty: true\".");
    }

    /** A pattern of names that has a folder in it: no name ever matches it. */
    static Failure folderInPattern(String include) {
        return Failure.definite(
                Kind.LASTING,
                "folder-in-pattern",
                "\"" + include
                        + "\" has a folder in it. \"include\" is a pattern of names; the folder belongs into"
                        + " \"from\".");
    }

    /** A path that copying cannot have written. */
    static Failure notOurs(String path, String folders) {
        return Failure.definite(
                Kind.LASTING,
                "not-copied-here",
                "The journal says that this step copied " + path + ", and it cannot have: it copies to " + folders
                        + ". Nothing was deleted. See who wrote to the folder of the run, or whether a folder was"
                        + " changed.");
    }

    /** A file that cannot be replaced, in a folder that takes others. */
    static Failure held(String path) {
        return Failure.definite(
                Kind.TRANSIENT,
                "held",
                path
                        + " cannot be replaced: somebody has it open, or it may only be read. The copy lies beside it,"
                        + " and the next one takes it.");
    }

    /** Not enough room. */
    static Failure diskFull(String folder, long needed, long free) {
        String message = "There is not enough space in " + folder + ": " + needed + " bytes are needed, " + free
                + " are free. Make room there.";
        return Failure.definite(Kind.LASTING, "disk-full", message);
    }

    private static Failure definite(Kind kind, String code, IOException exception, String sentence) {
        String place = exception instanceof FileSystemException known ? known.getFile() : null;
        String reason = exception instanceof FileSystemException known ? known.getReason() : exception.getMessage();
        String message = sentence + (place == null ? "" : ": " + place) + (reason == null ? "" : " (" + reason + ")");
        return Failure.definite(kind, code, message + ".");
    }
}
