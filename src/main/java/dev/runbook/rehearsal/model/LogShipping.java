package dev.runbook.rehearsal.model;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The log shipping tables of one server's msdb, both halves.
 *
 * @param primaries {@code log_shipping_primary_databases}
 * @param primarySecondaries {@code log_shipping_primary_secondaries}
 * @param secondaries {@code log_shipping_secondary}
 * @param secondaryDatabases {@code log_shipping_secondary_databases}
 * @param alertJob the row of {@code log_shipping_monitor_alert}
 */
public record LogShipping(
        List<Primary> primaries,
        List<PrimarySecondary> primarySecondaries,
        List<Secondary> secondaries,
        List<SecondaryDatabase> secondaryDatabases,
        Optional<UUID> alertJob) {
    /** No log shipping. */
    public static final LogShipping NONE =
            new LogShipping(List.of(), List.of(), List.of(), List.of(), Optional.empty());

    /** Copies the lists. */
    public LogShipping {
        primaries = List.copyOf(primaries);
        primarySecondaries = List.copyOf(primarySecondaries);
        secondaries = List.copyOf(secondaries);
        secondaryDatabases = List.copyOf(secondaryDatabases);
    }

    /**
     * A database whose log is shipped from here.
     *
     * @param id primary_id
     * @param database its name
     * @param backupDirectory where the backup job writes, as this server sees it
     * @param backupShare the same folder, as the secondary sees it
     * @param retention minutes that files are kept
     * @param backupJob the LSBackup job
     * @param compression 0 off, 1 on, 2 as the server does
     * @param alert when to warn
     * @param lastBackup the newest file
     */
    public record Primary(
            UUID id,
            String database,
            String backupDirectory,
            String backupShare,
            int retention,
            UUID backupJob,
            int compression,
            Alert alert,
            Optional<Shipped> lastBackup) {
        /** After a backup. */
        public Primary backedUp(Shipped file) {
            return new Primary(
                    id,
                    database,
                    backupDirectory,
                    backupShare,
                    retention,
                    backupJob,
                    compression,
                    alert,
                    Optional.of(file));
        }
    }

    /**
     * When to warn.
     *
     * @param threshold minutes
     * @param message its number: 14420 for a primary, 14421 for a secondary
     * @param enabled whether to warn at all
     * @param historyRetention minutes that history is kept
     */
    public record Alert(int threshold, int message, boolean enabled, int historyRetention) {}

    /**
     * A file that a job handled last.
     *
     * @param file its path, as the job's server sees it
     * @param at server time
     */
    public record Shipped(String file, LocalDateTime at) {}

    /**
     * A secondary, as its primary knows it.
     *
     * @param primary primary_id
     * @param server secondary_server
     * @param database secondary_database
     */
    public record PrimarySecondary(UUID primary, String server, String database) {}

    /**
     * A primary, as its secondary knows it.
     *
     * @param id secondary_id
     * @param primaryServer as it was written
     * @param primaryDatabase its name
     * @param source backup_source_directory
     * @param destination backup_destination_directory, as this server sees it
     * @param retention minutes that copied files are kept
     * @param copyJob the LSCopy job
     * @param restoreJob the LSRestore job
     * @param monitor monitor_server
     * @param lastCopied the newest file copied
     */
    public record Secondary(
            UUID id,
            String primaryServer,
            String primaryDatabase,
            String source,
            String destination,
            int retention,
            UUID copyJob,
            UUID restoreJob,
            String monitor,
            Optional<Shipped> lastCopied) {
        /** After a copy. */
        public Secondary copied(Shipped file) {
            return new Secondary(
                    id,
                    primaryServer,
                    primaryDatabase,
                    source,
                    destination,
                    retention,
                    copyJob,
                    restoreJob,
                    monitor,
                    Optional.of(file));
        }
    }

    /**
     * A database that log backups are restored to here.
     *
     * @param database its name
     * @param secondary secondary_id
     * @param restoreDelay minutes
     * @param restoreAll all files at each run
     * @param standby restore_mode: false NORECOVERY, true STANDBY
     * @param disconnectUsers whether the job ends readers
     * @param alert when to warn
     * @param lastRestored the newest file restored
     */
    public record SecondaryDatabase(
            String database,
            UUID secondary,
            int restoreDelay,
            boolean restoreAll,
            boolean standby,
            boolean disconnectUsers,
            Alert alert,
            Optional<Shipped> lastRestored) {
        /** After a restore. */
        public SecondaryDatabase restored(Shipped file) {
            return new SecondaryDatabase(
                    database, secondary, restoreDelay, restoreAll, standby, disconnectUsers, alert, Optional.of(file));
        }
    }

    /** The primary half for a database. */
    public Optional<Primary> primary(String database) {
        return primaries.stream()
                .filter(row -> row.database().equalsIgnoreCase(database))
                .findFirst();
    }

    /** The secondary half for a database. */
    public Optional<SecondaryDatabase> secondaryDatabase(String database) {
        return secondaryDatabases.stream()
                .filter(row -> row.database().equalsIgnoreCase(database))
                .findFirst();
    }

    /** The link to a primary. */
    public Optional<Secondary> secondary(String primaryServer, String primaryDatabase) {
        return secondaries.stream()
                .filter(row -> row.primaryServer().equalsIgnoreCase(primaryServer)
                        && row.primaryDatabase().equalsIgnoreCase(primaryDatabase))
                .findFirst();
    }

    /** The link with that id. */
    public Optional<Secondary> secondary(UUID id) {
        return secondaries.stream().filter(row -> row.id().equals(id)).findFirst();
    }

    /** With other primaries. */
    public LogShipping withPrimaries(List<Primary> rows) {
        return new LogShipping(rows, primarySecondaries, secondaries, secondaryDatabases, alertJob);
    }

    /** With other secondaries of the primaries. */
    public LogShipping withPrimarySecondaries(List<PrimarySecondary> rows) {
        return new LogShipping(primaries, rows, secondaries, secondaryDatabases, alertJob);
    }

    /** With other links. */
    public LogShipping withSecondaries(List<Secondary> rows) {
        return new LogShipping(primaries, primarySecondaries, rows, secondaryDatabases, alertJob);
    }

    /** With other secondary databases. */
    public LogShipping withSecondaryDatabases(List<SecondaryDatabase> rows) {
        return new LogShipping(primaries, primarySecondaries, secondaries, rows, alertJob);
    }

    /** With an alert job. */
    public LogShipping withAlertJob(UUID job) {
        return new LogShipping(primaries, primarySecondaries, secondaries, secondaryDatabases, Optional.of(job));
    }
}
