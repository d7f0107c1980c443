package dev.runbook.rehearsal.catalog;

import dev.runbook.rehearsal.catalog.Relation.Kind;
import dev.runbook.rehearsal.model.LogShipping;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The tables of msdb that belong to log shipping. */
final class LogShippingRelations {
    private LogShippingRelations() {}

    /** All of them. */
    static List<Relation<?>> all() {
        return List.of(
                primaryDatabases(),
                primarySecondaries(),
                secondary(),
                secondaryDatabases(),
                monitorPrimary(),
                monitorSecondary(),
                alerts());
    }

    private static Relation<Sent> primaryDatabases() {
        return Relation.of("log_shipping_primary_databases", LogShippingRelations::sent)
                .column("primary_id", Kind.GUID, row -> row.row().id())
                .column("primary_database", Kind.TEXT, row -> row.row().database())
                .column("backup_directory", Kind.TEXT, row -> row.row().backupDirectory())
                .column("backup_share", Kind.TEXT, row -> row.row().backupShare())
                .column("backup_retention_period", Kind.INT, row -> row.row().retention())
                .column("backup_job_id", Kind.GUID, row -> row.row().backupJob())
                .column("monitor_server", Kind.TEXT, Sent::server)
                .constant("monitor_server_security_mode", Kind.BIT, true)
                .column("last_backup_file", Kind.TEXT, row -> file(row.row().lastBackup()))
                .column("last_backup_date", Kind.DATETIME, row -> date(row.row().lastBackup()))
                .constant("user_specified_monitor", Kind.BIT, false)
                .column("backup_compression", Kind.TINYINT, row -> row.row().compression())
                .build();
    }

    private static Relation<LogShipping.PrimarySecondary> primarySecondaries() {
        return Relation.of(
                        "log_shipping_primary_secondaries",
                        (CatalogView view) -> tables(view).primarySecondaries())
                .column("primary_id", Kind.GUID, LogShipping.PrimarySecondary::primary)
                .column("secondary_server", Kind.TEXT, LogShipping.PrimarySecondary::server)
                .column("secondary_database", Kind.TEXT, LogShipping.PrimarySecondary::database)
                .build();
    }

    private static Relation<LogShipping.Secondary> secondary() {
        return Relation.of(
                        "log_shipping_secondary",
                        (CatalogView view) -> tables(view).secondaries())
                .column("secondary_id", Kind.GUID, LogShipping.Secondary::id)
                .column("primary_server", Kind.TEXT, LogShipping.Secondary::primaryServer)
                .column("primary_database", Kind.TEXT, LogShipping.Secondary::primaryDatabase)
                .column("backup_source_directory", Kind.TEXT, LogShipping.Secondary::source)
                .column("backup_destination_directory", Kind.TEXT, LogShipping.Secondary::destination)
                .column("file_retention_period", Kind.INT, LogShipping.Secondary::retention)
                .column("copy_job_id", Kind.GUID, LogShipping.Secondary::copyJob)
                .column("restore_job_id", Kind.GUID, LogShipping.Secondary::restoreJob)
                .column("monitor_server", Kind.TEXT, LogShipping.Secondary::monitor)
                .constant("monitor_server_security_mode", Kind.BIT, true)
                .column("last_copied_file", Kind.TEXT, row -> file(row.lastCopied()))
                .column("last_copied_date", Kind.DATETIME, row -> date(row.lastCopied()))
                .build();
    }

    private static Relation<LogShipping.SecondaryDatabase> secondaryDatabases() {
        return Relation.of(
                        "log_shipping_secondary_databases",
                        (CatalogView view) -> tables(view).secondaryDatabases())
                .column("secondary_database", Kind.TEXT, LogShipping.SecondaryDatabase::database)
                .column("secondary_id", Kind.GUID, LogShipping.SecondaryDatabase::secondary)
                .column("restore_delay", Kind.INT, LogShipping.SecondaryDatabase::restoreDelay)
                .column("restore_all", Kind.BIT, LogShipping.SecondaryDatabase::restoreAll)
                .column("restore_mode", Kind.BIT, LogShipping.SecondaryDatabase::standby)
                .column("disconnect_users", Kind.BIT, LogShipping.SecondaryDatabase::disconnectUsers)
                .constant("block_size", Kind.INT, -1)
                .constant("buffer_count", Kind.INT, -1)
                .constant("max_transfer_size", Kind.INT, -1)
                .column("last_restored_file", Kind.TEXT, row -> file(row.lastRestored()))
                .column("last_restored_date", Kind.DATETIME, row -> date(row.lastRestored()))
                .build();
    }

    private static Relation<Sent> monitorPrimary() {
        return Relation.of("log_shipping_monitor_primary", LogShippingRelations::sent)
                .column("primary_id", Kind.GUID, row -> row.row().id())
                .column("primary_server", Kind.TEXT, Sent::server)
                .column("primary_database", Kind.TEXT, row -> row.row().database())
                .column("backup_threshold", Kind.INT, row -> row.row().alert().threshold())
                .column("threshold_alert", Kind.INT, row -> row.row().alert().message())
                .column(
                        "threshold_alert_enabled",
                        Kind.BIT,
                        row -> row.row().alert().enabled())
                .column("last_backup_file", Kind.TEXT, row -> file(row.row().lastBackup()))
                .column("last_backup_date", Kind.DATETIME, row -> date(row.row().lastBackup()))
                .column(
                        "last_backup_date_utc",
                        Kind.DATETIME,
                        row -> date(row.row().lastBackup()))
                .column(
                        "history_retention_period",
                        Kind.INT,
                        row -> row.row().alert().historyRetention())
                .build();
    }

    private static Relation<Received> monitorSecondary() {
        return Relation.of("log_shipping_monitor_secondary", LogShippingRelations::received)
                .column("secondary_server", Kind.TEXT, Received::server)
                .column("secondary_database", Kind.TEXT, row -> row.row().database())
                .column("secondary_id", Kind.GUID, row -> row.row().secondary())
                .column("primary_server", Kind.TEXT, row -> row.link().map(LogShipping.Secondary::primaryServer))
                .column("primary_database", Kind.TEXT, row -> row.link().map(LogShipping.Secondary::primaryDatabase))
                .column("restore_threshold", Kind.INT, row -> row.row().alert().threshold())
                .column("threshold_alert", Kind.INT, row -> row.row().alert().message())
                .column(
                        "threshold_alert_enabled",
                        Kind.BIT,
                        row -> row.row().alert().enabled())
                .column("last_copied_file", Kind.TEXT, row -> file(row.copied()))
                .column("last_copied_date", Kind.DATETIME, row -> date(row.copied()))
                .column("last_copied_date_utc", Kind.DATETIME, row -> date(row.copied()))
                .column("last_restored_file", Kind.TEXT, row -> file(row.row().lastRestored()))
                .column(
                        "last_restored_date",
                        Kind.DATETIME,
                        row -> date(row.row().lastRestored()))
                .column(
                        "last_restored_date_utc",
                        Kind.DATETIME,
                        row -> date(row.row().lastRestored()))
                .column(
                        "last_restored_latency",
                        Kind.INT,
                        row -> row.row().lastRestored().map(file -> 0))
                .column(
                        "history_retention_period",
                        Kind.INT,
                        row -> row.row().alert().historyRetention())
                .build();
    }

    private static Relation<UUID> alerts() {
        return Relation.of(
                        "log_shipping_monitor_alert",
                        (CatalogView view) -> tables(view).alertJob().stream().toList())
                .column("alert_job_id", Kind.GUID, job -> job)
                .build();
    }

    private record Sent(LogShipping.Primary row, String server) {}

    private record Received(LogShipping.SecondaryDatabase row, Optional<LogShipping.Secondary> link, String server) {
        private Optional<LogShipping.Shipped> copied() {
            return link.flatMap(LogShipping.Secondary::lastCopied);
        }
    }

    private static LogShipping tables(CatalogView view) {
        return view.server().shipping();
    }

    private static List<Sent> sent(CatalogView view) {
        String server = view.server().name();
        return tables(view).primaries().stream()
                .map(row -> new Sent(row, server))
                .toList();
    }

    private static List<Received> received(CatalogView view) {
        String server = view.server().name();
        LogShipping tables = tables(view);
        return tables.secondaryDatabases().stream()
                .map(row -> new Received(row, tables.secondary(row.secondary()), server))
                .toList();
    }

    private static Optional<String> file(Optional<LogShipping.Shipped> shipped) {
        return shipped.map(LogShipping.Shipped::file);
    }

    private static Optional<LocalDateTime> date(Optional<LogShipping.Shipped> shipped) {
        return shipped.map(LogShipping.Shipped::at);
    }
}
