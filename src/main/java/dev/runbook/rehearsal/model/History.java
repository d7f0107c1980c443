package dev.runbook.rehearsal.model;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one server's msdb remembers of backups and restores.
 *
 * @param backups {@code backupset} with {@code backupmediafamily}, oldest first; restored sets are here too
 * @param restores {@code restorehistory}, oldest first
 */
public record History(List<Backup> backups, List<Restore> restores) {
    /** Nothing was backed up or restored. */
    public static final History EMPTY = new History(List.of(), List.of());

    /** Copies the lists. */
    public History {
        backups = List.copyOf(backups);
        restores = List.copyOf(restores);
    }

    /**
     * A backup set, and the file it lies in. Each set has a media set of its own here.
     *
     * @param id backup_set_id and media_set_id
     * @param device physical_device_name
     * @param set what lies there
     */
    public record Backup(int id, String device, BackupSet set) {}

    /**
     * A restore.
     *
     * @param id restore_history_id
     * @param at server time
     * @param database destination_database_name
     * @param user the login
     * @param backup backup_set_id
     * @param type D or L
     * @param replace WITH REPLACE
     * @param recovery the database was brought online
     */
    public record Restore(
            int id,
            LocalDateTime at,
            String database,
            String user,
            int backup,
            char type,
            boolean replace,
            boolean recovery) {}

    /** The row of a backup set in that file, if it is known. */
    public Optional<Backup> find(BackupSet set, String device) {
        return backups.stream()
                .filter(row -> row.set().id().equals(set.id()) && row.device().equalsIgnoreCase(device))
                .findFirst();
    }

    /** With one backup more, unless it is known already. */
    public History plus(BackupSet set, String device) {
        if (find(set, device).isPresent()) {
            return this;
        }
        List<Backup> more = new ArrayList<>(backups);
        more.add(new Backup(backups.size() + 1, device, set));
        return new History(more, restores);
    }

    /** With one restore more. */
    public History plus(Restore restore) {
        List<Restore> more = new ArrayList<>(restores);
        more.add(restore);
        return new History(backups, more);
    }

    /** With a backup file under another name. */
    public History renamed(String device, String next) {
        return new History(
                backups.stream()
                        .map(row -> row.device().equals(device) ? new Backup(row.id(), next, row.set()) : row)
                        .toList(),
                restores);
    }
}
