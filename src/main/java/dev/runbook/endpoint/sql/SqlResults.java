package dev.runbook.endpoint.sql;

import dev.runbook.endpoint.sql.SqlErrors.ErrorChain;
import dev.runbook.value.Row;
import dev.runbook.value.Value;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
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
 * Everything that came back for one order.
 *
 * @param results the rows of each result, in their order; results without columns are not among them
 * @param errors what was thrown while they were read
 */
record SqlResults(List<List<Row>> results, List<SQLException> errors) {
    /** Copies the lists. */
    SqlResults {
        results = List.copyOf(results);
        errors = List.copyOf(errors);
    }

    /**
     * Sends an order and reads to the end whatever comes back: after an error of one statement a server goes on with the next
     * one, and has done nothing for certain before the last result is read.
     */
    static SqlResults read(SqlStatement order, Statement statement) {
        List<List<Row>> results = new ArrayList<>();
        List<SQLException> errors = new ArrayList<>();
        Step step = () -> order.send(statement);
        boolean more = true;
        while (more) {
            try {
                boolean hasRows = step.take();
                if (hasRows) {
                    results.add(rows(statement));
                }
                more = hasRows || statement.getUpdateCount() != -1;
            } catch (SQLException e) {
                errors.add(e);
                more = mayGoOn(e, statement);
            }
            step = statement::getMoreResults;
        }
        return new SqlResults(results, errors);
    }

    /** One move to the next result; true when it has rows. */
    private interface Step {
        boolean take() throws SQLException;
    }

    private static List<Row> rows(Statement statement) throws SQLException {
        try (ResultSet rows = statement.getResultSet()) {
            return RowReader.rows(rows);
        }
    }

    /** Only an error that the server sent leaves something to read behind it. */
    private static boolean mayGoOn(SQLException e, Statement statement) {
        try {
            return !ErrorChain.of(List.of(e)).errors().isEmpty()
                    && !statement.isClosed()
                    && !statement.getConnection().isClosed();
        } catch (SQLException closed) {
            return false;
        }
    }

    /** The rows of the first result; none where there is none. */
    List<Row> first() {
        return results.isEmpty() ? List.of() : results.get(0);
    }

    /** The rows of the last result; none where there is none. */
    List<Row> last() {
        return results.isEmpty() ? List.of() : results.get(results.size() - 1);
    }

    /** The rows of the first result before the last one. */
    List<Row> beforeLast() {
        return results.size() < 2 ? List.of() : results.get(0);
    }

    /**
     * Rows of the driver as rows of ours. Whole and other numbers are numbers, a bit is a truth, binary is {@code 0x…} in capital
     * letters, NULL is nothing, everything else is text. A column without a label is called {@code column1}, by its place; of two
     * columns of one label the first one counts.
     */
    static final class RowReader {
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
}
