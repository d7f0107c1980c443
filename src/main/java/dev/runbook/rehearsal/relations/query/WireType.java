package dev.runbook.rehearsal.relations.query;

import dev.runbook.rehearsal.tds.Column;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;

/** The types of H2 as SQL Server sends them. */
final class WireType {
    private static final int LONGEST = 4000;

    private WireType() {}

    /** How a column of a result travels. */
    static Column.Type of(ResultSetMetaData columns, int index) throws SQLException {
        return switch (columns.getColumnType(index)) {
            case Types.BOOLEAN -> Column.Type.BIT;
            case Types.TINYINT -> Column.Type.TINYINT;
            case Types.SMALLINT -> Column.Type.SMALLINT;
            case Types.INTEGER, Types.NULL -> Column.Type.INT;
            case Types.BIGINT -> Column.Type.BIGINT;
            case Types.NUMERIC, Types.DECIMAL -> columns.getScale(index) == 0 ? Column.Type.NUMERIC : Column.Type.FLOAT;
            case Types.REAL, Types.DOUBLE, Types.FLOAT -> Column.Type.FLOAT;
            case Types.TIMESTAMP, Types.DATE, Types.TIMESTAMP_WITH_TIMEZONE -> Column.Type.DATETIME;
            case Types.BINARY, Types.VARBINARY -> Column.Type.VARBINARY;
            default -> text(columns, index);
        };
    }

    private static Column.Type text(ResultSetMetaData columns, int index) throws SQLException {
        if (columns.getColumnTypeName(index).equals("UUID")) {
            return Column.Type.UNIQUEIDENTIFIER;
        }
        boolean isLong = columns.getPrecision(index) > LONGEST
                && columns.getTableName(index).length() > 0;
        return isLong ? Column.Type.NVARCHAR_MAX : Column.Type.NVARCHAR;
    }
}
