package dev.runbook.rehearsal.sqlserver.statement;

import static dev.runbook.rehearsal.tds.Column.Type.BIGINT;
import static dev.runbook.rehearsal.tds.Column.Type.BIT;
import static dev.runbook.rehearsal.tds.Column.Type.INT;
import static dev.runbook.rehearsal.tds.Column.Type.NUMERIC;
import static dev.runbook.rehearsal.tds.Column.Type.NVARCHAR;
import static dev.runbook.rehearsal.tds.Column.Type.UNIQUEIDENTIFIER;
import static dev.runbook.rehearsal.tds.Column.Type.VARBINARY;

import dev.runbook.rehearsal.model.BackupSet;
import dev.runbook.rehearsal.model.DatabaseFile;
import dev.runbook.rehearsal.sqlserver.Catalog;
import dev.runbook.rehearsal.tds.Column;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** The result of RESTORE FILELISTONLY. */
final class FileList {
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
