package dev.runbook.rehearsal.scene;

/** Something that somebody does by hand, outside of the runbook. */
public sealed interface Effect {
    /**
     * Files are moved from one folder of the scene to another.
     *
     * @param from the folder they lie in
     * @param matching a file name with {@code *} and {@code ?}
     * @param to the folder they go to
     */
    record MoveFiles(String from, String matching, String to) implements Effect {}

    /**
     * Files are deleted.
     *
     * @param from the folder they lie in
     * @param matching a file name with {@code *} and {@code ?}
     */
    record DeleteFiles(String from, String matching) implements Effect {}
}
