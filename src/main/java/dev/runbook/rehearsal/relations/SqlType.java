package dev.runbook.rehearsal.relations;

import dev.runbook.rehearsal.tds.Column;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Locale;
import java.util.Optional;

/** The types of T-SQL, of H2 and of the wire, side by side. */
final class SqlType {
    private static final int LONGEST = 4000;

    private SqlType() {}

    /**
     * What H2 calls a type of T-SQL.
     *
     * @param written without blanks: {@code nvarchar(128)}
     */
    static Optional<String> h2(String written) {
        int bracket = written.indexOf('(');
        String name = (bracket < 0 ? written : written.substring(0, bracket)).toLowerCase(Locale.ROOT);
        String size = bracket < 0 ? "" : written.substring(bracket);
        return switch (name) {
            case "int" -> Optional.of("INTEGER");
            case "bigint", "smallint", "real" -> Optional.of(name.toUpperCase(Locale.ROOT));
            case "tinyint" -> Optional.of("SMALLINT");
            case "bit" -> Optional.of("BOOLEAN");
            case "float" -> Optional.of("DOUBLE PRECISION");
            case "numeric", "decimal" -> Optional.of("NUMERIC" + size);
            case "varchar", "nvarchar", "char", "nchar" ->
                Optional.of("VARCHAR_IGNORECASE" + (size.equalsIgnoreCase("(max)") ? "" : size));
            case "sysname" -> Optional.of("VARCHAR_IGNORECASE(128)");
            case "datetime", "datetime2", "smalldatetime" -> Optional.of("TIMESTAMP(3)");
            case "date" -> Optional.of("DATE");
            case "uniqueidentifier" -> Optional.of("UUID");
            default -> Optional.empty();
        };
    }

    /** How a column of a result travels. */
    static Column.Type wire(ResultSetMetaData columns, int index) throws SQLException {
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
