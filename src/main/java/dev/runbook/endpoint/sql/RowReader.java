package dev.runbook.endpoint.sql;

import dev.runbook.value.Row;
import dev.runbook.value.Value;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Rows of the driver as rows of ours. Whole and other numbers are numbers, a bit is a truth, binary is {@code 0x…} in capital
 * letters, NULL is nothing, everything else is text. A column without a label is called {@code column1}, by its place; of two
 * columns of one label the first one counts.
 */
final class RowReader {
    /**
     * A moment as SQL Server prints it (style 121): {@code 2026-11-21 03:12:09.123}. Always three digits of the second, more
     * only where they are not zero, so that moments sort as texts.
     */
    static final DateTimeFormatter MOMENT = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 3, 9, true)
            .toFormatter(Locale.ROOT);

    private static final int MONEY = microsoft.sql.Types.MONEY;
    private static final int SMALLMONEY = microsoft.sql.Types.SMALLMONEY;

    private RowReader() {}

    /** All rows that are left. */
    static List<Row> rows(ResultSet results) throws SQLException {
        ResultSetMetaData columns = results.getMetaData();
        List<Row> rows = new ArrayList<>();
        while (results.next()) {
            rows.add(row(results, columns));
        }
        return rows;
    }

    private static Row row(ResultSet results, ResultSetMetaData columns) throws SQLException {
        Map<String, Value> values = new LinkedHashMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            String label = columns.getColumnLabel(i);
            String name = label == null || label.isBlank() ? "column" + i : label;
            if (values.keySet().stream().noneMatch(name::equalsIgnoreCase)) {
                values.put(name, value(results, i, columns.getColumnType(i)));
            }
        }
        return new Row(values);
    }

    private static Value value(ResultSet results, int column, int type) throws SQLException {
        Value value = present(results, column, type);
        return results.wasNull() ? Value.NOTHING : value;
    }

    private static Value present(ResultSet results, int column, int type) throws SQLException {
        return switch (type) {
            case Types.BIT, Types.BOOLEAN -> Value.of(results.getBoolean(column));
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> Value.of(results.getLong(column));
            case Types.NUMERIC, Types.DECIMAL, MONEY, SMALLMONEY -> number(results.getBigDecimal(column));
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> number(BigDecimal.valueOf(results.getDouble(column)));
            case Types.TIMESTAMP -> moment(results.getObject(column, LocalDateTime.class));
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> binary(results.getBytes(column));
            default -> text(results.getString(column));
        };
    }

    private static Value number(BigDecimal number) {
        return number == null ? Value.NOTHING : new Value.Number(number);
    }

    private static Value moment(LocalDateTime moment) {
        return moment == null ? Value.NOTHING : Value.of(MOMENT.format(moment));
    }

    private static Value binary(byte[] bytes) {
        return bytes == null
                ? Value.NOTHING
                : Value.of("0x" + HexFormat.of().withUpperCase().formatHex(bytes));
    }

    private static Value text(String text) {
        return text == null ? Value.NOTHING : Value.of(text);
    }
}
