package dev.runbook.endpoint;

import dev.runbook.base.Row;
import java.util.List;

/**
 * Files and folders, as this computer sees them. Paths are split at {@code /} and {@code \} alike.
 */
public interface FileSystemEndpoint {
    /** In the parts of a {@link Copies}: any one name, or a part of one. No path that somebody writes has it. */
    String ANY_NAME = "\uE000";

    /**
     * What is copied where.
     *
     * @param from a folder
     * @param to a folder
     * @param include a pattern of names with {@code *} and {@code ?}
     * @param mayBeEmpty whether it is right that {@code from} has no such file
     */
    record Copy(String from, String to, String include, boolean mayBeEmpty) {}

    /**
     * What copying may have added, so that it can be deleted.
     *
     * @param of the copies as they are now: no other file is ever touched
     * @param files rows with {@code target}; with {@code sha256}, {@code size} and {@code replaced} where the file was copied whole
     */
    record Copies(List<Copy> of, List<Row> files) {
        public Copies {
            of = List.copyOf(of);
            files = List.copyOf(files);
        }
    }

    /** Hears of files that are copied whole, before they get their names; always on the thread that asked for the copy. */
    interface Whole {
        /** Rows with {@code target}, {@code size}, {@code sha256}, {@code replaced}. When it throws, none of them gets its name. */
        void are(List<Row> files);
    }

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
     * The files that are missing at the target or differ in size there; rows as {@link #list}, and {@code target} (the absolute
     * path it is copied to) and {@code replaced} (whether something else stands there). Further rows, with {@code name} and
     * {@code left-out}, name links, which are never followed, and folders, which are not copied. Files named {@code *.wrk}
     * never count: they are half written. A source without any file is a failure unless that is allowed.
     */
    Answer missing(Copy copy, Limits limits);

    /**
     * Copies what is missing at the target or differs there, each file under a temporary name that becomes its own only when
     * size and SHA-256 agree. A link is never followed, neither at the source nor at the temporary name. The rows are the files
     * that were added: {@code name}, {@code target}, {@code size}, {@code sha256}, {@code replaced} (whether something else stood
     * there before).
     */
    Answer copy(Copy copy, Whole whole, Limits limits);

    /**
     * Deletes what copying added: files that it copied whole, as long as they are what it wrote, and its temporary files. The
     * rows say of each path what became of it ({@code outcome}): {@code deleted}, {@code gone}, {@code changed},
     * {@code replaced} (another file had stood there), {@code not-whole} (copying did not get that far, and what lies there is
     * somebody else's), {@code not-a-file}, or {@code failed} with an {@code error}. A folder that is not there is a failure, and so is
     * a path that none of the copies can have written; then nothing is deleted.
     */
    Answer delete(Copies copies, Limits limits);
}
