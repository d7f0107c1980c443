package dev.runbook.rehearsal.catalog;

import dev.runbook.rehearsal.catalog.Relation.Kind;
import dev.runbook.rehearsal.model.BackupSet;
import dev.runbook.rehearsal.model.History;
import dev.runbook.rehearsal.model.Lsn;
import java.util.List;
import java.util.function.Function;

/** The tables of msdb that remember backups and restores. */
final class BackupRelations {
    private BackupRelations() {}

    /** All of them. */
    static List<Relation<?>> all() {
        return List.of(backupset(), backupmediafamily(), restorehistory());
    }

    private static Relation<History.Backup> backupset() {
        return Relation.of("backupset", BackupRelations::backups)
                .column("backup_set_id", Kind.INT, History.Backup::id)
                .column("backup_set_uuid", Kind.GUID, of(BackupSet::id))
                .column("media_set_id", Kind.INT, History.Backup::id)
                .column("position", Kind.INT, of(BackupSet::position))
                .column("name", Kind.TEXT, of(set -> text(set.label().name())))
                .column("description", Kind.TEXT, of(set -> text(set.label().description())))
                .column("user_name", Kind.TEXT, of(set -> set.origin().user()))
                .column("first_lsn", Kind.LSN, lsn(BackupSet.Span::first))
                .column("last_lsn", Kind.LSN, lsn(BackupSet.Span::last))
                .column("checkpoint_lsn", Kind.LSN, lsn(BackupSet.Span::checkpoint))
                .column("database_backup_lsn", Kind.LSN, lsn(BackupSet.Span::fullBackup))
                .column(
                        "database_creation_date",
                        Kind.DATETIME,
                        of(set -> set.origin().databaseCreated()))
                .column("backup_start_date", Kind.DATETIME, of(set -> set.span().start()))
                .column(
                        "backup_finish_date",
                        Kind.DATETIME,
                        of(set -> set.span().finish()))
                .column("type", Kind.TEXT, of(set -> set.type().letter()))
                .column("backup_size", Kind.LSN, of(BackupSet::size))
                .column("database_name", Kind.TEXT, of(set -> set.origin().database()))
                .column("server_name", Kind.TEXT, of(set -> set.origin().server()))
                .column("machine_name", Kind.TEXT, of(set -> set.origin().machine()))
                .column(
                        "recovery_model",
                        Kind.TEXT,
                        of(set -> set.options().recovery().name()))
                .column("is_readonly", Kind.BIT, of(set -> set.options().readOnly()))
                .column("is_copy_only", Kind.BIT, of(set -> set.flags().copyOnly()))
                .column("is_damaged", Kind.BIT, of(set -> set.flags().damaged()))
                .column("has_backup_checksums", Kind.BIT, of(set -> set.flags().checksums()))
                .column("begins_log_chain", Kind.BIT, of(set -> set.flags().beginsLogChain()))
                .column(
                        "first_recovery_fork_guid",
                        Kind.GUID,
                        of(set -> set.firstFork().id()))
                .column(
                        "last_recovery_fork_guid",
                        Kind.GUID,
                        of(set -> set.lastFork().id()))
                .column("fork_point_lsn", Kind.LSN, of(BackupRelations::forkPoint))
                .column("family_guid", Kind.GUID, of(set -> set.lineage().family()))
                .build();
    }

    private static Relation<History.Backup> backupmediafamily() {
        return Relation.of("backupmediafamily", BackupRelations::backups)
                .column("media_set_id", Kind.INT, History.Backup::id)
                .constant("family_sequence_number", Kind.TINYINT, 1)
                .constant("logical_device_name", Kind.TEXT, null)
                .column("physical_device_name", Kind.TEXT, History.Backup::device)
                .constant("device_type", Kind.TINYINT, 2)
                .build();
    }

    private static Relation<History.Restore> restorehistory() {
        return Relation.of(
                        "restorehistory",
                        (CatalogView view) -> view.server().history().restores())
                .column("restore_history_id", Kind.INT, History.Restore::id)
                .column("restore_date", Kind.DATETIME, History.Restore::at)
                .column("destination_database_name", Kind.TEXT, History.Restore::database)
                .column("user_name", Kind.TEXT, History.Restore::user)
                .column("backup_set_id", Kind.INT, History.Restore::backup)
                .column("restore_type", Kind.TEXT, row -> String.valueOf(row.type()))
                .column("replace", Kind.BIT, History.Restore::replace)
                .column("recovery", Kind.BIT, History.Restore::recovery)
                .constant("restart", Kind.BIT, false)
                .constant("stop_at", Kind.DATETIME, null)
                .constant("device_count", Kind.TINYINT, 1)
                .build();
    }

    private static List<History.Backup> backups(CatalogView view) {
        return view.server().history().backups();
    }

    private static Function<History.Backup, Object> of(Function<BackupSet, Object> value) {
        return row -> value.apply(row.set());
    }

    private static Function<History.Backup, Object> lsn(Function<BackupSet.Span, Lsn> value) {
        return row -> value.apply(row.set().span()).value();
    }

    /** NULL unless the history forks within the backup. */
    private static Object forkPoint(BackupSet set) {
        return set.firstFork().equals(set.lastFork())
                ? null
                : set.lastFork().from().value();
    }

    /** A name that was not given is NULL. */
    private static Object text(String given) {
        return given.isEmpty() ? null : given;
    }
}
