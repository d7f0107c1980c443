package dev.runbook.rehearsal.server;

import static dev.runbook.rehearsal.tds.Column.Type.BIGINT;
import static dev.runbook.rehearsal.tds.Column.Type.BIT;
import static dev.runbook.rehearsal.tds.Column.Type.DATETIME;
import static dev.runbook.rehearsal.tds.Column.Type.INT;
import static dev.runbook.rehearsal.tds.Column.Type.NUMERIC;
import static dev.runbook.rehearsal.tds.Column.Type.NVARCHAR;
import static dev.runbook.rehearsal.tds.Column.Type.SMALLINT;
import static dev.runbook.rehearsal.tds.Column.Type.TINYINT;
import static dev.runbook.rehearsal.tds.Column.Type.UNIQUEIDENTIFIER;
import static dev.runbook.rehearsal.tds.Column.Type.VARBINARY;

import dev.runbook.rehearsal.model.BackupSet;
import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.Database.DatabaseFile;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.Lsn;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.tds.Column;
import dev.runbook.rehearsal.tds.SqlError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * RESTORE HEADERONLY, FILELISTONLY or VERIFYONLY: looks into a backup file.
 *
 * @param kind which of them
 * @param device the path as written
 * @param position FILE; HEADERONLY tells of all sets where it is 0
 */
record Inspect(Kind kind, String device, int position) implements Statement.AtOnce {
    /** What is looked for. */
    enum Kind {
        /** The headers of all sets. */
        HEADERONLY,
        /** The files of the database in one set. */
        FILELISTONLY,
        /** Whether one set is whole. */
        VERIFYONLY
    }

    @Override
    public Outcome apply(EstateState state, Execution execution) {
        Server server = state.server(execution.server());
        BackupDevices.Media media = new BackupDevices(server).read(device);
        if (media instanceof BackupDevices.Media.Unreadable unreadable) {
            return failed(unreadable.error());
        }
        List<BackupSet> sets = ((BackupDevices.Media.Sets) media).sets();
        if (position > sets.size()) {
            return failed(ServerError.NO_SUCH_SET.of(position, device));
        }
        return switch (kind) {
            case HEADERONLY -> Outcome.rows(state, Header.of(position == 0 ? sets : List.of(sets.get(position - 1))));
            case FILELISTONLY -> Outcome.rows(state, FileList.of(one(sets)));
            case VERIFYONLY ->
                one(sets).flags().damaged()
                        ? failed(ServerError.DAMAGED.of(one(sets).origin().database()))
                        : Outcome.done(
                                state,
                                SqlError.info(
                                        3262, "The backup set on file %d is valid.".formatted(Math.max(1, position))));
        };
    }

    @Override
    public SqlError forbidden() {
        return ServerError.NO_DATABASE_PERMISSION.of("CREATE DATABASE", "master");
    }

    private BackupSet one(List<BackupSet> sets) {
        return sets.get(Math.max(1, position) - 1);
    }

    private Outcome failed(SqlError error) {
        return Outcome.failed(
                error, ServerError.ENDS.of(kind == Kind.VERIFYONLY ? "VERIFY DATABASE" : "RESTORE " + kind));
    }

    /**
     * The columns of a result, and how each is read from what the result tells of.
     *
     * @param fields in their order
     */
    private record Shape<T>(List<Field<T>> fields) {
        /** Copies the fields. */
        Shape {
            fields = List.copyOf(fields);
        }

        /** One column. */
        record Field<T>(Column column, Function<T, Object> value) {
            static <T> Field<T> of(String name, Column.Type type, Function<T, Object> value) {
                return new Field<>(new Column(name, type), value);
            }
        }

        /** One row for each of them. */
        Catalog.Answer.Rows rows(List<T> things) {
            List<List<Object>> rows = new ArrayList<>();
            for (T thing : things) {
                rows.add(Arrays.asList(
                        fields.stream().map(field -> field.value().apply(thing)).toArray()));
            }
            return new Catalog.Answer.Rows(fields.stream().map(Field::column).toList(), rows);
        }
    }

    /** The result of RESTORE HEADERONLY, with the columns of SQL Server 2008 R2 in their order. */
    private static final class Header {
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
                    field(
                            "BackupDescription",
                            NVARCHAR,
                            set -> orNull(set.label().description())),
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
                    field(
                            "RecoveryForkID",
                            UNIQUEIDENTIFIER,
                            set -> set.lastFork().id()),
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
                    field(
                            "RecoveryModel",
                            NVARCHAR,
                            set -> set.options().recovery().name()),
                    lsn("DifferentialBaseLSN", set -> null),
                    field("DifferentialBaseGUID", UNIQUEIDENTIFIER, set -> null),
                    field("BackupTypeDescription", NVARCHAR, set -> set.type().description()),
                    field("BackupSetGUID", UNIQUEIDENTIFIER, BackupSet::id),
                    field("CompressedBackupSize", BIGINT, BackupSet::size));
        }

        private static Lsn forkPoint(BackupSet set) {
            return set.firstFork().equals(set.lastFork())
                    ? null
                    : set.lastFork().from();
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

    /** The result of RESTORE FILELISTONLY. */
    private static final class FileList {
        private static final UUID NO_ID = new UUID(0, 0);

        private static final Shape<DatabaseFile> SHAPE = new Shape<>(List.of(
                field("LogicalName", NVARCHAR, DatabaseFile::logical),
                field("PhysicalName", NVARCHAR, DatabaseFile::physical),
                field("Type", NVARCHAR, file -> file.kind() == DatabaseFile.Kind.LOG ? "L" : "D"),
                field("FileGroupName", NVARCHAR, file -> file.kind() == DatabaseFile.Kind.LOG ? null : "PRIMARY"),
                field("Size", NUMERIC, file -> BigDecimal.valueOf(file.pages() * 8192L)),
                field("MaxSize", NUMERIC, file -> BigDecimal.valueOf(35_184_372_080_640L)),
                field("FileID", BIGINT, file -> (long) file.id()),
                field("CreateLSN", NUMERIC, file -> BigDecimal.ZERO),
                field("DropLSN", NUMERIC, file -> BigDecimal.ZERO),
                field("UniqueID", UNIQUEIDENTIFIER, file -> NO_ID),
                field("ReadOnlyLSN", NUMERIC, file -> BigDecimal.ZERO),
                field("ReadWriteLSN", NUMERIC, file -> BigDecimal.ZERO),
                field("BackupSizeInBytes", BIGINT, file -> file.pages() * 8192L),
                field("SourceBlockSize", INT, file -> 512),
                field("FileGroupID", INT, file -> file.kind() == DatabaseFile.Kind.LOG ? 0 : 1),
                field("LogGroupGUID", UNIQUEIDENTIFIER, file -> null),
                field("DifferentialBaseLSN", NUMERIC, file -> BigDecimal.ZERO),
                field("DifferentialBaseGUID", UNIQUEIDENTIFIER, file -> NO_ID),
                field("IsReadOnly", BIT, file -> false),
                field("IsPresent", BIT, file -> true),
                field("TDEThumbprint", VARBINARY, file -> null)));

        private FileList() {}

        static Catalog.Answer.Rows of(BackupSet set) {
            return SHAPE.rows(set.files());
        }

        private static Shape.Field<DatabaseFile> field(
                String name, Column.Type type, Function<DatabaseFile, Object> value) {
            return Shape.Field.of(name, type, value);
        }
    }
}
