package dev.runbook.rehearsal.model;

import java.util.Optional;
import java.util.UUID;

/**
 * Where a database stands in its log.
 *
 * @param last the end of the log
 * @param backedUp where the next log backup begins; empty before the first full backup, or after a switch to SIMPLE
 * @param checkpoint the newest checkpoint
 * @param fullBackup the checkpoint of the newest full backup (DatabaseBackupLSN); 0 when there is none
 * @param redo where roll-forward must go on; only while the database is RESTORING or STANDBY
 */
public record LogPosition(Lsn last, Optional<Lsn> backedUp, Lsn checkpoint, Lsn fullBackup, Optional<Redo> redo) {
    /**
     * Where roll-forward goes on ({@code redo_start_lsn}, {@code redo_start_fork_guid}).
     *
     * @param start the next log backup must begin here or before, and end behind
     * @param fork that it must belong to
     */
    public record Redo(Lsn start, UUID fork) {}

    /** A log that was never backed up. */
    public static LogPosition at(Lsn last) {
        return new LogPosition(last, Optional.empty(), last, Lsn.of(0), Optional.empty());
    }

    /** Whether there is log that no backup holds. */
    public boolean tailUnsaved() {
        return backedUp.isEmpty() || backedUp.get().before(last);
    }

    /** With the end of the log there. */
    public LogPosition to(Lsn end) {
        return new LogPosition(end, backedUp, checkpoint, fullBackup, redo);
    }

    /** After a log backup up to there. */
    public LogPosition backedUpTo(Lsn end) {
        return new LogPosition(last, Optional.of(end), checkpoint, fullBackup, redo);
    }

    /** After a full backup with this checkpoint. It begins the chain of log backups where there is none. */
    public LogPosition fullyBackedUp(Lsn at) {
        return new LogPosition(last, Optional.of(backedUp.orElse(at)), at, at, redo);
    }

    /** Waiting for log from there. */
    public LogPosition waiting(Redo from) {
        return new LogPosition(last, backedUp, checkpoint, fullBackup, Optional.of(from));
    }

    /** Not waiting for log. */
    public LogPosition open() {
        return new LogPosition(last, backedUp, checkpoint, fullBackup, Optional.empty());
    }

    /** Without a chain of log backups, as a switch to SIMPLE leaves it. */
    public LogPosition unchained() {
        return new LogPosition(last, Optional.empty(), checkpoint, fullBackup, redo);
    }
}
