package dev.runbook.rehearsal.catalog;

import dev.runbook.rehearsal.catalog.Relation.Kind;
import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.Database.Contents;
import dev.runbook.rehearsal.model.Database.DatabaseFile;
import dev.runbook.rehearsal.model.Database.Lineage;
import dev.runbook.rehearsal.model.Database.LogPosition;
import dev.runbook.rehearsal.model.Database.Mirroring;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The views of schema {@code sys} that show the whole server, whatever database they are asked in. */
final class ServerRelations {
    private ServerRelations() {}

    /** All of them. */
    static List<Relation<?>> all() {
        return List.of(databases(), masterFiles(), databaseMirroring(), recoveryStatus());
    }

    private static Relation<CatalogView.Named> databases() {
        return Relation.of("databases", CatalogView::databases)
                .column("name", Kind.TEXT, CatalogView.Named::name)
                .column("database_id", Kind.INT, CatalogView.Named::id)
                .constant("source_database_id", Kind.INT, null)
                .constant("owner_sid", Kind.BINARY, new byte[] {1})
                .column("create_date", Kind.DATETIME, of(Database::created))
                .constant("compatibility_level", Kind.TINYINT, 110)
                .column("collation_name", Kind.TEXT, row -> online(row) ? "Latin1_General_CI_AS" : null)
                .coded("user_access", 0, or(Database.UserAccess.MULTI_USER, ServerRelations::access))
                .column("is_read_only", Kind.BIT, or(false, ServerRelations::readOnly))
                .constant("is_auto_close_on", Kind.BIT, false)
                .coded("state", 0, or(Database.State.ONLINE, ServerRelations::state))
                .column(
                        "is_in_standby",
                        Kind.BIT,
                        or(false, database -> database.status().standby()))
                .coded("recovery_model", 1, or(Database.RecoveryModel.SIMPLE, ServerRelations::recovery))
                .constant("log_reuse_wait", Kind.TINYINT, 0)
                .constant("log_reuse_wait_desc", Kind.TEXT, "NOTHING")
                .constant("is_trustworthy_on", Kind.BIT, false)
                .constant("is_broker_enabled", Kind.BIT, false)
                .build();
    }

    private static Relation<File> masterFiles() {
        return Relation.of("master_files", ServerRelations::files)
                .column("database_id", Kind.INT, row -> row.database().id())
                .column("file_id", Kind.INT, row -> row.file().id())
                .coded("type", 0, row -> row.file().kind())
                .column("name", Kind.TEXT, row -> row.file().logical())
                .column("physical_name", Kind.TEXT, row -> row.file().physical())
                .coded("state", 0, row -> state(row.database()))
                .column("size", Kind.INT, row -> row.file().pages())
                .column(
                        "redo_start_lsn",
                        Kind.LSN,
                        row -> row.redo().map(redo -> redo.start().value()))
                .column("redo_start_fork_guid", Kind.GUID, row -> row.redo().map(LogPosition.Redo::fork))
                .column("redo_target_lsn", Kind.LSN, row -> null)
                .column("redo_target_fork_guid", Kind.GUID, row -> null)
                .build();
    }

    private static Relation<CatalogView.Named> databaseMirroring() {
        return Relation.of("database_mirroring", CatalogView::databases)
                .column("database_id", Kind.INT, CatalogView.Named::id)
                .column("mirroring_guid", Kind.GUID, side(Mirroring::session))
                .coded("mirroring_state", 0, side(Mirroring::state))
                .coded("mirroring_role", 1, side(Mirroring::role))
                .column("mirroring_role_sequence", Kind.INT, side(side -> 1))
                .column("mirroring_safety_level", Kind.TINYINT, side(side -> 2))
                .column("mirroring_safety_level_desc", Kind.TEXT, side(side -> "FULL"))
                .column("mirroring_safety_sequence", Kind.INT, side(side -> 1))
                .column("mirroring_partner_name", Kind.TEXT, side(Mirroring::address))
                .column("mirroring_partner_instance", Kind.TEXT, side(Mirroring::partner))
                .column("mirroring_witness_name", Kind.TEXT, side(side -> ""))
                .column("mirroring_witness_state", Kind.TINYINT, side(side -> 0))
                .column("mirroring_witness_state_desc", Kind.TEXT, side(side -> "UNKNOWN"))
                .column("mirroring_failover_lsn", Kind.LSN, side(side -> BigDecimal.ZERO))
                .column("mirroring_connection_timeout", Kind.INT, side(side -> 10))
                .column("mirroring_redo_queue", Kind.INT, row -> null)
                .column("mirroring_redo_queue_type", Kind.TEXT, side(side -> "UNLIMITED"))
                .column("mirroring_end_of_log_lsn", Kind.LSN, side(side -> BigDecimal.ZERO))
                .column("mirroring_replication_lsn", Kind.LSN, side(side -> BigDecimal.ZERO))
                .build();
    }

    /** The guids are NULL for a database that is not open. */
    private static Relation<CatalogView.Named> recoveryStatus() {
        return Relation.of("database_recovery_status", CatalogView::databases)
                .column("database_id", Kind.INT, CatalogView.Named::id)
                .column("family_guid", Kind.GUID, opened(Lineage::family))
                .column(
                        "recovery_fork_guid",
                        Kind.GUID,
                        opened(lineage -> lineage.current().id()))
                .build();
    }

    private static Function<CatalogView.Named, Object> opened(Function<Lineage, Object> value) {
        return row -> row.user().filter(Database::online).map(Database::lineage).map(value);
    }

    private record File(Database database, DatabaseFile file) {
        /** Only data files have a point where roll-forward continues. */
        private Optional<LogPosition.Redo> redo() {
            boolean waiting = database.status().state() == Database.State.RESTORING && !database.mirror();
            return waiting ? database.log().redo() : Optional.empty();
        }
    }

    private static List<File> files(CatalogView view) {
        List<File> files = new ArrayList<>();
        for (Database database : view.server().databases().values()) {
            database.files().forEach(file -> files.add(new File(database, file)));
        }
        return files;
    }

    private static boolean online(CatalogView.Named row) {
        return row.user().map(Database::online).orElse(true);
    }

    private static boolean readOnly(Database database) {
        return database.options().readOnly() || database.status().standby();
    }

    private static Database.State state(Database database) {
        return database.status().state();
    }

    private static Database.UserAccess access(Database database) {
        return database.options().access();
    }

    private static Database.RecoveryModel recovery(Database database) {
        return database.options().recovery();
    }

    private static Function<CatalogView.Named, Object> of(Function<Database, Object> value) {
        return row -> row.user().map(value);
    }

    /** The value of a user database, or what the databases of the system have. */
    private static Function<CatalogView.Named, Object> or(Object ofSystem, Function<Database, Object> value) {
        return row -> row.user().map(value).orElse(ofSystem);
    }

    /** NULL for a database that is not mirrored. */
    private static Function<CatalogView.Named, Object> side(Function<Mirroring, Object> value) {
        return row -> row.user().flatMap(Database::mirroring).map(value);
    }

    /** The views of schema {@code sys} that show one database: {@code mgc.sys.tables}. */
    static final class DatabaseRelations {
        /** Where the numbers of user tables begin. */
        private static final int FIRST_OBJECT = 245_575_913;

        private DatabaseRelations() {}

        /** All of them, for a database of that name; empty for one of the system. */
        static List<Relation<?>> all(String database) {
            return List.of(tables("tables", database), tables("objects", database), partitions(database));
        }

        private static Relation<Table> tables(String name, String database) {
            return Relation.of(name, (CatalogView view) -> rows(view, database))
                    .column("name", Kind.TEXT, Table::name)
                    .column("object_id", Kind.INT, Table::id)
                    .constant("schema_id", Kind.INT, 1)
                    .constant("parent_object_id", Kind.INT, 0)
                    .constant("type", Kind.TEXT, "U")
                    .constant("type_desc", Kind.TEXT, "USER_TABLE")
                    .column("create_date", Kind.DATETIME, Table::created)
                    .column("modify_date", Kind.DATETIME, Table::created)
                    .constant("is_ms_shipped", Kind.BIT, false)
                    .build();
        }

        private static Relation<Table> partitions(String database) {
            return Relation.of("partitions", (CatalogView view) -> rows(view, database))
                    .column("partition_id", Kind.BIGINT, row -> 72_057_594_037_927_936L + row.id())
                    .column("object_id", Kind.INT, Table::id)
                    .constant("index_id", Kind.INT, 1)
                    .constant("partition_number", Kind.INT, 1)
                    .column("hobt_id", Kind.BIGINT, row -> 72_057_594_037_927_936L + row.id())
                    .column("rows", Kind.BIGINT, Table::rows)
                    .build();
        }

        private record Table(String name, int id, long rows, LocalDateTime created) {}

        private static List<Table> rows(CatalogView view, String database) {
            return view.database(database).map(DatabaseRelations::rows).orElse(List.of());
        }

        private static List<Table> rows(Database database) {
            List<Table> rows = new ArrayList<>();
            for (Contents.Table table : database.contents().tables()) {
                rows.add(new Table(table.name(), FIRST_OBJECT + 16 * rows.size(), table.rows(), database.created()));
            }
            return rows;
        }
    }
}
