package dev.runbook.endpoint;

import java.util.List;

/**
 * Files and folders, as this computer sees them. Paths are split at {@code /} and {@code \} alike.
 */
public interface FileSystemEndpoint {
    /**
     * The files whose name matches, ordered by name, without folders. A row has {@code name}, {@code path}, {@code size} and
     * {@code modified}. A folder that is not there is a failure, and so is a pattern that names a folder and no files.
     *
     * @param pattern a folder, then a name with {@code *} and {@code ?}
     */
    Answer list(String pattern, Limits limits);

    /** One row when the folder or file is there, none when it is not. */
    Answer reach(String path, Limits limits);

    /**
     * The files that are missing at the target or differ in size there; rows as {@link #list}, and {@code target} (the path
     * it is copied to) and {@code replaced} (whether another file stands there). Files named {@code *.wrk} never count: they
     * are half written.
     */
    Answer missing(String from, String to, String include, Limits limits);

    /**
     * Copies what is missing at the target or differs there, each file under a temporary name that becomes its own only when
     * size and SHA-256 agree. The rows are the files that were added: {@code name}, {@code path}, {@code size},
     * {@code sha256}, {@code replaced} (whether another file stood there before).
     */
    Answer copy(String from, String to, String include, Limits limits);

    /** Deletes files. One that is not there any more counts as deleted. */
    Answer delete(List<String> paths, Limits limits);
}
