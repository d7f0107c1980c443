package dev.runbook.rehearsal.relations;

import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.DatabaseFile;
import dev.runbook.rehearsal.model.Lineage;
import dev.runbook.rehearsal.model.LogPosition;
import dev.runbook.rehearsal.model.Mirroring;
import java.math.BigDecimal;
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

    private static Relation<View.Named> databases() {
        return Relation.of("databases", View::databases)
                .column("name", Kind.TEXT, View.Named::name)
                .column("database_id", Kind.INT, View.Named::id)
                .constant("source_database_id", Kind.INT, null)
                .constant("owner_sid", Kind.BINARY, new byte[] {1})
                .column("create_date", Kind.DATETIME, of(Database::created))
                .constant("compatibility_level", Kind.TINYINT, 110)
                .column("collation_name", Kind.TEXT, row -> online(row) ? "Latin1_General_CI_AS" : null)
                .column(
                        "user_access",
                        Kind.TINYINT,
                        or(0, database -> access(database).ordinal()))
                .column(
                        "user_access_desc",
                        Kind.TEXT,
                        or("MULTI_USER", database -> access(database).name()))
                .column("is_read_only", Kind.BIT, or(false, ServerRelations::readOnly))
                .constant("is_auto_close_on", Kind.BIT, false)
                .column(
                        "state",
                        Kind.TINYINT,
                        or(0, database -> database.status().state().ordinal()))
                .column(
                        "state_desc",
                        Kind.TEXT,
                        or("ONLINE", database -> database.status().state().name()))
                .column(
                        "is_in_standby",
                        Kind.BIT,
                        or(false, database -> database.status().standby()))
                .column(
                        "recovery_model",
                        Kind.TINYINT,
                        or(3, database -> recovery(database).ordinal() + 1))
                .column(
                        "recovery_model_desc",
                        Kind.TEXT,
                        or("SIMPLE", database -> recovery(database).name()))
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
                .column("type", Kind.TINYINT, row -> row.file().kind().ordinal())
                .column("type_desc", Kind.TEXT, row -> row.file().kind().name())
                .column("name", Kind.TEXT, row -> row.file().logical())
                .column("physical_name", Kind.TEXT, row -> row.file().physical())
                .column(
                        "state",
                        Kind.TINYINT,
                        row -> row.database().status().state().ordinal())
                .column(
                        "state_desc",
                        Kind.TEXT,
                        row -> row.database().status().state().name())
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

    private static Relation<View.Named> databaseMirroring() {
        return Relation.of("database_mirroring", View::databases)
                .column("database_id", Kind.INT, View.Named::id)
                .column("mirroring_guid", Kind.GUID, side(Mirroring::session))
                .column(
                        "mirroring_state",
                        Kind.TINYINT,
                        side(side -> side.state().ordinal()))
                .column(
                        "mirroring_state_desc",
                        Kind.TEXT,
                        side(side -> side.state().name()))
                .column("mirroring_role", Kind.TINYINT, side(side -> side.role().ordinal() + 1))
                .column(
                        "mirroring_role_desc",
                        Kind.TEXT,
                        side(side -> side.role().name()))
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
    private static Relation<View.Named> recoveryStatus() {
        return Relation.of("database_recovery_status", View::databases)
                .column("database_id", Kind.INT, View.Named::id)
                .column("family_guid", Kind.GUID, opened(Lineage::family))
                .column(
                        "recovery_fork_guid",
                        Kind.GUID,
                        opened(lineage -> lineage.current().id()))
                .build();
    }

    private static Function<View.Named, Object> opened(Function<Lineage, Object> value) {
        return row -> row.user().filter(Database::online).map(Database::lineage).map(value);
    }

    private record File(Database database, DatabaseFile file) {
        /** Only data files have a point where roll-forward goes on. */
        private Optional<LogPosition.Redo> redo() {
            boolean waiting = database.status().state() == Database.State.RESTORING && !database.mirror();
            return waiting ? database.log().redo() : Optional.empty();
        }
    }

    private static List<File> files(View view) {
        List<File> files = new ArrayList<>();
        for (Database database : view.server().databases().values()) {
            database.files().forEach(file -> files.add(new File(database, file)));
        }
        return files;
    }

    private static boolean online(View.Named row) {
        return row.user().map(Database::online).orElse(true);
    }

    private static boolean readOnly(Database database) {
        return database.options().readOnly() || database.status().standby();
    }

    private static Database.UserAccess access(Database database) {
        return database.options().access();
    }

    private static Database.RecoveryModel recovery(Database database) {
        return database.options().recovery();
    }

    private static Function<View.Named, Object> of(Function<Database, Object> value) {
        return row -> row.user().map(value);
    }

    /** The value of a user database, or what the databases of the system have. */
    private static Function<View.Named, Object> or(Object ofSystem, Function<Database, Object> value) {
        return row -> row.user().map(value).orElse(ofSystem);
    }

    /** NULL for a database that is not mirrored. */
    private static Function<View.Named, Object> side(Function<Mirroring, Object> value) {
        return row -> row.user().flatMap(Database::mirroring).map(value);
    }
}
