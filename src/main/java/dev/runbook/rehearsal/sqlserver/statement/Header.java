package dev.runbook.rehearsal.sqlserver.statement;

import static dev.runbook.rehearsal.tds.Column.Type.BIGINT;
import static dev.runbook.rehearsal.tds.Column.Type.BIT;
import static dev.runbook.rehearsal.tds.Column.Type.DATETIME;
import static dev.runbook.rehearsal.tds.Column.Type.INT;
import static dev.runbook.rehearsal.tds.Column.Type.NUMERIC;
import static dev.runbook.rehearsal.tds.Column.Type.NVARCHAR;
import static dev.runbook.rehearsal.tds.Column.Type.SMALLINT;
import static dev.runbook.rehearsal.tds.Column.Type.TINYINT;
import static dev.runbook.rehearsal.tds.Column.Type.UNIQUEIDENTIFIER;

import dev.runbook.rehearsal.model.BackupSet;
import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.Lsn;
import dev.runbook.rehearsal.sqlserver.Catalog;
import dev.runbook.rehearsal.tds.Column;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The result of RESTORE HEADERONLY, with the columns of SQL Server 2008 R2 in their order. */
final class Header {
    private static final Shape<BackupSet> SHAPE =
            new Shape<>(Stream.of(about(), span(), software(), identity(), flags(), forks())
                    .flatMap(List::stream)
                    .toList());

    private Header() {}

    static Catalog.Answer.Rows of(List<BackupSet> sets) {
        return SHAPE.rows(sets);
    }

    private static List<Shape.Field<BackupSet>> about() {
        return List.of(
                field("BackupName", NVARCHAR, set -> orNull(set.label().name())),
                field("BackupDescription", NVARCHAR, set -> orNull(set.label().description())),
                field("BackupType", SMALLINT, set -> set.type().number()),
                field("ExpirationDate", DATETIME, set -> null),
                field("Compressed", BIT, set -> false),
                field("Position", SMALLINT, BackupSet::position),
                field("DeviceType", TINYINT, set -> 2),
                field("UserName", NVARCHAR, set -> set.origin().user()),
                field("ServerName", NVARCHAR, set -> set.origin().server()),
                field("DatabaseName", NVARCHAR, set -> set.origin().database()),
                field("DatabaseVersion", INT, set -> 782),
                field("DatabaseCreationDate", DATETIME, set -> set.origin().databaseCreated()),
                field("BackupSize", NUMERIC, set -> BigDecimal.valueOf(set.size())));
    }

    private static List<Shape.Field<BackupSet>> span() {
        return List.of(
                lsn("FirstLSN", set -> set.span().first()),
                lsn("LastLSN", set -> set.span().last()),
                lsn("CheckpointLSN", set -> set.span().checkpoint()),
                lsn("DatabaseBackupLSN", set -> set.span().fullBackup()),
                field("BackupStartDate", DATETIME, set -> set.span().start()),
                field("BackupFinishDate", DATETIME, set -> set.span().finish()),
                field("SortOrder", SMALLINT, set -> 52),
                field("CodePage", SMALLINT, set -> 0),
                field("UnicodeLocaleId", INT, set -> 1033),
                field("UnicodeComparisonStyle", INT, set -> 196609));
    }

    private static List<Shape.Field<BackupSet>> software() {
        return List.of(
                field("CompatibilityLevel", TINYINT, set -> part(set, 0) * 10),
                field("SoftwareVendorId", INT, set -> 4608),
                field("SoftwareVersionMajor", INT, set -> part(set, 0)),
                field("SoftwareVersionMinor", INT, set -> part(set, 1)),
                field("SoftwareVersionBuild", INT, set -> part(set, 2)),
                field("MachineName", NVARCHAR, set -> set.origin().machine()),
                field("Flags", INT, set -> 512));
    }

    private static List<Shape.Field<BackupSet>> identity() {
        return List.of(
                field("BindingID", UNIQUEIDENTIFIER, set -> set.lineage().family()),
                field("RecoveryForkID", UNIQUEIDENTIFIER, set -> set.lastFork().id()),
                field("Collation", NVARCHAR, set -> "SQL_Latin1_General_CP1_CI_AS"),
                field("FamilyGUID", UNIQUEIDENTIFIER, set -> set.lineage().family()));
    }

    private static List<Shape.Field<BackupSet>> flags() {
        return List.of(
                field("HasBulkLoggedData", BIT, set -> false),
                field("IsSnapshot", BIT, set -> false),
                field("IsReadOnly", BIT, set -> set.options().readOnly()),
                field("IsSingleUser", BIT, set -> set.options().access() == Database.UserAccess.SINGLE_USER),
                field("HasBackupChecksums", BIT, set -> set.flags().checksums()),
                field("IsDamaged", BIT, set -> set.flags().damaged()),
                field("BeginsLogChain", BIT, set -> set.flags().beginsLogChain()),
                field("HasIncompleteMetaData", BIT, set -> false),
                field("IsForceOffline", BIT, set -> set.flags().tail()),
                field("IsCopyOnly", BIT, set -> set.flags().copyOnly()));
    }

    private static List<Shape.Field<BackupSet>> forks() {
        return List.of(
                field(
                        "FirstRecoveryForkID",
                        UNIQUEIDENTIFIER,
                        set -> set.firstFork().id()),
                lsn("ForkPointLSN", Header::forkPoint),
                field("RecoveryModel", NVARCHAR, set -> set.options().recovery().name()),
                lsn("DifferentialBaseLSN", set -> null),
                field("DifferentialBaseGUID", UNIQUEIDENTIFIER, set -> null),
                field("BackupTypeDescription", NVARCHAR, set -> set.type().description()),
                field("BackupSetGUID", UNIQUEIDENTIFIER, BackupSet::id),
                field("CompressedBackupSize", BIGINT, BackupSet::size));
    }

    private static Lsn forkPoint(BackupSet set) {
        return set.firstFork().equals(set.lastFork()) ? null : set.lastFork().from();
    }

    private static int part(BackupSet set, int index) {
        String[] parts = set.origin().version().split("\\.");
        return index < parts.length ? Integer.parseInt(parts[index]) : 0;
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static Shape.Field<BackupSet> field(String name, Column.Type type, Function<BackupSet, Object> value) {
        return Shape.Field.of(name, type, value);
    }

    private static Shape.Field<BackupSet> lsn(String name, Function<BackupSet, Lsn> value) {
        return Shape.Field.of(name, NUMERIC, set -> {
            Lsn lsn = value.apply(set);
            return lsn == null ? null : lsn.value();
        });
    }
}
