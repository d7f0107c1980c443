package dev.runbook.rehearsal.model;

/**
 * A file of a database, a row of {@code sys.master_files}.
 *
 * @param id from 1; 2 is the log by custom
 * @param kind data or log
 * @param logical its name in SQL
 * @param physical its path on the server
 * @param pages of 8 KB each
 */
public record DatabaseFile(int id, Kind kind, String logical, String physical, int pages) {
    /** What a file holds. */
    public enum Kind {
        /** Data. */
        ROWS,
        /** The transaction log. */
        LOG
    }

    /** The same file at another path. */
    public DatabaseFile at(String path) {
        return new DatabaseFile(id, kind, logical, path, pages);
    }
}
