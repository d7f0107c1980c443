package dev.runbook.rehearsal.scene;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A log shipping: its rows in msdb, its jobs, its log backups.
 *
 * @param database on both servers
 * @param primary the server that takes the log backups
 * @param secondary the server that applies them
 * @param share the folder that they are written to
 * @param copyFolder the folder that they are copied to
 * @param sides whose msdb knows of it
 * @param backupJob the job of the primary
 * @param copyJob the first job of the secondary
 * @param restoreJob the second one
 * @param tables what the database held at its full backup, rows by table; the first table grows with each log backup
 * @param files its log backups
 */
public record LogShippingSpec(
        String database,
        String primary,
        String secondary,
        String share,
        Optional<String> copyFolder,
        Sides sides,
        String backupJob,
        String copyJob,
        String restoreJob,
        Map<String, Long> tables,
        Files files) {
    /** Copies the map, keeping its order. */
    public LogShippingSpec {
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    }

    /** Whose msdb knows of a log shipping. */
    public enum Sides {
        /** That of the primary and that of the secondary. */
        BOTH,
        /** That of the primary: what survives of a log shipping whose secondary has taken over. */
        PRIMARY,
        /** That of the secondary. */
        SECONDARY,
        /** Nobody's: only its files are left. */
        NONE
    }

    /**
     * The log backups, one every 15 minutes.
     *
     * @param logBackups how many there are
     * @param last how long ago the last one was taken
     * @param copied how many of them are in the copy folder, the oldest first
     * @param applied how many of them the secondary has applied, the oldest first
     * @param halfWritten whether one that was never finished lies behind them
     * @param unsaved how many messages the primary has taken since the last one
     * @param decoys whether files of other databases lie between them
     */
    public record Files(
            int logBackups, Duration last, int copied, int applied, int unsaved, boolean halfWritten, boolean decoys) {}
}
