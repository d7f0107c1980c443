package dev.runbook.rehearsal.model;

import dev.runbook.rehearsal.model.Database.Contents;
import dev.runbook.rehearsal.model.Database.DatabaseFile;
import dev.runbook.rehearsal.model.Database.Lineage;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;

/**
 * One backup: what RESTORE HEADERONLY tells of it, and what it brings back.
 *
 * @param id its BackupSetGUID
 * @param type what kind of backup it is
 * @param position in its file, from 1
 * @param label what the author of the backup says of it
 * @param origin where it was made
 * @param span the log that it covers
 * @param lineage the family and the forks up to the end of the span
 * @param options of the database when it was made
 * @param flags marks of it
 * @param files the files of the database
 * @param contents of the database at the end of the span
 */
public record BackupSet(
        UUID id,
        Type type,
        int position,
        Label label,
        Origin origin,
        Span span,
        Lineage lineage,
        Database.Options options,
        Flags flags,
        List<DatabaseFile> files,
        Contents contents) {
    /** Copies the files. */
    public BackupSet {
        files = List.copyOf(files);
    }

    /** The kinds that can be made. */
    public enum Type {
        /** A whole database. */
        FULL(1, "D", "Database"),
        /** The log since the last log backup. */
        LOG(2, "L", "Transaction Log");

        private final int number;
        private final String letter;
        private final String description;

        Type(int number, String letter, String description) {
            this.number = number;
            this.letter = letter;
            this.description = description;
        }

        /** BackupType of RESTORE HEADERONLY. */
        public int number() {
            return number;
        }

        /** {@code type} of {@code msdb.dbo.backupset}. */
        public String letter() {
            return letter;
        }

        /** BackupTypeDescription of RESTORE HEADERONLY. */
        public String description() {
            return description;
        }
    }

    /**
     * What the author of the backup says of it.
     *
     * @param name NAME; may be empty
     * @param description DESCRIPTION; may be empty
     */
    public record Label(String name, String description) {}

    /**
     * Where a backup was made.
     *
     * @param server as {@code @@SERVERNAME} tells it
     * @param machine the computer
     * @param version of the server, such as {@code 12.0.6024.0}
     * @param user the login
     * @param database its name
     * @param databaseCreated when the database was created there, server time
     */
    public record Origin(
            String server,
            String machine,
            String version,
            String user,
            String database,
            LocalDateTime databaseCreated) {}

    /**
     * The log that a backup covers, and when it was made.
     *
     * @param first FirstLSN
     * @param last LastLSN; the next log backup begins there
     * @param checkpoint CheckpointLSN
     * @param fullBackup DatabaseBackupLSN
     * @param start server time
     * @param finish server time
     */
    public record Span(
            Lsn first, Lsn last, Lsn checkpoint, Lsn fullBackup, LocalDateTime start, LocalDateTime finish) {}

    /**
     * Marks of a backup.
     *
     * @param checksums made WITH CHECKSUM
     * @param damaged its contents cannot be trusted
     * @param beginsLogChain the first log backup of a chain
     * @param copyOnly made WITH COPY_ONLY
     * @param tail made WITH NORECOVERY
     */
    public record Flags(boolean checksums, boolean damaged, boolean beginsLogChain, boolean copyOnly, boolean tail) {
        /** No mark but CHECKSUM. */
        public static final Flags PLAIN = new Flags(true, false, false, false, false);
    }

    /** The same set at another place of a file. */
    public BackupSet at(int place) {
        return new BackupSet(id, type, place, label, origin, span, lineage, options, flags, files, contents);
    }

    /** The fork at the beginning of the span (FirstRecoveryForkID). */
    public Lineage.Fork firstFork() {
        return lineage.at(span.first());
    }

    /** The fork at the end of the span (RecoveryForkID). */
    public Lineage.Fork lastFork() {
        return lineage.current();
    }

    /** How many bytes a backup of this size would take. */
    public long size() {
        return files.stream().mapToLong(DatabaseFile::pages).sum() * 8192;
    }
}
