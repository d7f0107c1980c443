package dev.runbook.rehearsal.catalog;

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
                .column("backup_set_id", Relation.Kind.INT, History.Backup::id)
                .column("backup_set_uuid", Relation.Kind.GUID, of(BackupSet::id))
                .column("media_set_id", Relation.Kind.INT, History.Backup::id)
                .column("position", Relation.Kind.INT, of(BackupSet::position))
                .column("name", Relation.Kind.TEXT, of(set -> text(set.label().name())))
                .column(
                        "description",
                        Relation.Kind.TEXT,
                        of(set -> text(set.label().description())))
                .column("user_name", Relation.Kind.TEXT, of(set -> set.origin().user()))
                .column("first_lsn", Relation.Kind.LSN, lsn(BackupSet.Span::first))
                .column("last_lsn", Relation.Kind.LSN, lsn(BackupSet.Span::last))
                .column("checkpoint_lsn", Relation.Kind.LSN, lsn(BackupSet.Span::checkpoint))
                .column("database_backup_lsn", Relation.Kind.LSN, lsn(BackupSet.Span::fullBackup))
                .column(
                        "database_creation_date",
                        Relation.Kind.DATETIME,
                        of(set -> set.origin().databaseCreated()))
                .column(
                        "backup_start_date",
                        Relation.Kind.DATETIME,
                        of(set -> set.span().start()))
                .column(
                        "backup_finish_date",
                        Relation.Kind.DATETIME,
                        of(set -> set.span().finish()))
                .column("type", Relation.Kind.TEXT, of(set -> set.type().letter()))
                .column("backup_size", Relation.Kind.LSN, of(BackupSet::size))
                .column(
                        "database_name",
                        Relation.Kind.TEXT,
                        of(set -> set.origin().database()))
                .column(
                        "server_name",
                        Relation.Kind.TEXT,
                        of(set -> set.origin().server()))
                .column(
                        "machine_name",
                        Relation.Kind.TEXT,
                        of(set -> set.origin().machine()))
                .column(
                        "recovery_model",
                        Relation.Kind.TEXT,
                        of(set -> set.options().recovery().name()))
                .column(
                        "is_readonly",
                        Relation.Kind.BIT,
                        of(set -> set.options().readOnly()))
                .column("is_copy_only", Relation.Kind.BIT, of(set -> set.flags().copyOnly()))
                .column("is_damaged", Relation.Kind.BIT, of(set -> set.flags().damaged()))
                .column(
                        "has_backup_checksums",
                        Relation.Kind.BIT,
                        of(set -> set.flags().checksums()))
                .column(
                        "begins_log_chain",
                        Relation.Kind.BIT,
                        of(set -> set.flags().beginsLogChain()))
                .column(
                        "first_recovery_fork_guid",
                        Relation.Kind.GUID,
                        of(set -> set.firstFork().id()))
                .column(
                        "last_recovery_fork_guid",
                        Relation.Kind.GUID,
                        of(set -> set.lastFork().id()))
                .column("fork_point_lsn", Relation.Kind.LSN, of(BackupRelations::forkPoint))
                .column(
                        "family_guid",
                        Relation.Kind.GUID,
                        of(set -> set.lineage().family()))
                .build();
    }

    private static Relation<History.Backup> backupmediafamily() {
        return Relation.of("backupmediafamily", BackupRelations::backups)
                .column("media_set_id", Relation.Kind.INT, History.Backup::id)
                .constant("family_sequence_number", Relation.Kind.TINYINT, 1)
                .constant("logical_device_name", Relation.Kind.TEXT, null)
                .column("physical_device_name", Relation.Kind.TEXT, History.Backup::device)
                .constant("device_type", Relation.Kind.TINYINT, 2)
                .build();
    }

    private static Relation<History.Restore> restorehistory() {
        return Relation.of(
                        "restorehistory",
                        (CatalogView view) -> view.server().history().restores())
                .column("restore_history_id", Relation.Kind.INT, History.Restore::id)
                .column("restore_date", Relation.Kind.DATETIME, History.Restore::at)
                .column("destination_database_name", Relation.Kind.TEXT, History.Restore::database)
                .column("user_name", Relation.Kind.TEXT, History.Restore::user)
                .column("backup_set_id", Relation.Kind.INT, History.Restore::backup)
                .column("restore_type", Relation.Kind.TEXT, row -> String.valueOf(row.type()))
                .column("replace", Relation.Kind.BIT, History.Restore::replace)
                .column("recovery", Relation.Kind.BIT, History.Restore::recovery)
                .constant("restart", Relation.Kind.BIT, false)
                .constant("stop_at", Relation.Kind.DATETIME, null)
                .constant("device_count", Relation.Kind.TINYINT, 1)
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
