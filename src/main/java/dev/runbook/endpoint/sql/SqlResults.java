package dev.runbook.endpoint.sql;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Failure.Kind;
import dev.runbook.endpoint.sql.SqlErrors.ErrorChain;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
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
import java.util.Optional;

/**
 * Everything that came back for one order.
 *
 * @param results the rows of each result, in their order; results without columns are not among them
 * @param errors what was thrown while they were read
 * @param broken why the rest of the answer was not read; the connection is of no use then
 */
record SqlResults(List<List<Row>> results, List<SQLException> errors, Optional<Failure> broken) {
    /** More than that no fact needs; a server that answers more must not take the memory of the run. */
    static final int MAX_ROWS = 100_000;

    static final int MAX_CHARACTERS = 16_000_000;
    private static final int MAX_RESULTS_AND_ERRORS = 1000;

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
        RowReader reader = new RowReader();
        Step step = () -> order.send(statement);
        boolean more = true;
        while (more) {
            try {
                boolean hasRows = step.take();
                if (hasRows) {
                    results.add(reader.rows(statement.getResultSet()));
                }
                more = hasRows || statement.getUpdateCount() != -1;
            } catch (SQLException e) {
                errors.add(e);
                more = mayGoOn(e, statement);
            } catch (AnswerTooLargeException e) {
                return new SqlResults(results, errors, Optional.of(tooLarge()));
            }
            if (results.size() + errors.size() > MAX_RESULTS_AND_ERRORS) {
                return new SqlResults(results, errors, Optional.of(tooLarge()));
            }
            step = statement::getMoreResults;
        }
        return new SqlResults(results, errors, Optional.empty());
    }

    /** What was sent, and of which nobody can read what came of it. */
    static SqlResults unreadable(Throwable cause) {
        return new SqlResults(
                List.of(),
                List.of(),
                Optional.of(Failure.unknown(Kind.LASTING, "driver", "The driver could not read the answer.")
                        .withDetail(String.valueOf(cause))));
    }

    private static Failure tooLarge() {
        return Failure.unknown(
                Kind.LASTING,
                "answer-too-large",
                "The server answers more than " + MAX_ROWS + " rows or " + MAX_CHARACTERS
                        + " characters. The rest was not read; what was sent may have been carried out.");
    }

    /** One move to the next result; true when it has rows. */
    private interface Step {
        boolean take() throws SQLException;
    }

    /** Thrown where reading on would take too much memory. */
    private static final class AnswerTooLargeException extends RuntimeException {
        private static final long serialVersionUID = 1;

        AnswerTooLargeException() {
            super("too large", null, false, false);
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

        /** What is longer than that travels in chunks. */
        private static final int MAX_BYTES_IN_A_ROW = 8000;

        private int rowsLeft = MAX_ROWS;
        private int charactersLeft = MAX_CHARACTERS;

        /** All rows that are left. A result that is too large is left open: to close it would read its rest. */
        List<Row> rows(ResultSet results) throws SQLException {
            ResultSetMetaData columns = results.getMetaData();
            List<Row> rows = new ArrayList<>();
            while (results.next()) {
                if (--rowsLeft < 0) {
                    throw new AnswerTooLargeException();
                }
                rows.add(row(results, columns));
            }
            results.close();
            return rows;
        }

        private Row row(ResultSet results, ResultSetMetaData columns) throws SQLException {
            Map<String, Value> values = new LinkedHashMap<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                String label = columns.getColumnLabel(i);
                String name = label == null || label.isBlank() ? "column" + i : label;
                if (values.keySet().stream().noneMatch(name::equalsIgnoreCase)) {
                    values.put(name, value(results, i, columns));
                }
            }
            return new Row(values);
        }

        private Value value(ResultSet results, int column, ResultSetMetaData columns) throws SQLException {
            int type = columns.getColumnType(column);
            boolean large = columns.getPrecision(column) > MAX_BYTES_IN_A_ROW;
            Value value = present(results, column, type, large);
            return results.wasNull() ? Value.NOTHING : value;
        }

        private Value present(ResultSet results, int column, int type, boolean large) throws SQLException {
            return switch (type) {
                case Types.BIT, Types.BOOLEAN -> Value.of(results.getBoolean(column));
                case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> Value.of(results.getLong(column));
                case Types.NUMERIC, Types.DECIMAL, MONEY, SMALLMONEY -> number(results.getBigDecimal(column));
                // a real has seven digits; as a double it would have ten more that nobody wrote
                case Types.REAL -> number(new BigDecimal(Float.toString(results.getFloat(column))));
                case Types.FLOAT, Types.DOUBLE -> number(BigDecimal.valueOf(results.getDouble(column)));
                case Types.TIMESTAMP -> moment(results.getObject(column, LocalDateTime.class));
                case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY ->
                    binary(large ? bytes(results.getBinaryStream(column)) : counted(results.getBytes(column)));
                // the server fills these up with blanks, which count for nothing there
                case Types.CHAR, Types.NCHAR -> text(withoutPadding(counted(results.getString(column))));
                case Types.VARCHAR, Types.NVARCHAR, Types.LONGVARCHAR, Types.LONGNVARCHAR ->
                    text(large ? characters(results.getCharacterStream(column)) : counted(results.getString(column)));
                default -> text(counted(results.getString(column)));
            };
        }

        private static String withoutPadding(String text) {
            return text == null ? null : text.replaceAll(" +$", "");
        }

        private String counted(String text) {
            take(text == null ? 0 : text.length());
            return text;
        }

        private byte[] counted(byte[] bytes) {
            take(bytes == null ? 0 : bytes.length);
            return bytes;
        }

        private void take(int characters) {
            charactersLeft -= characters;
            if (charactersLeft < 0) {
                throw new AnswerTooLargeException();
            }
        }

        /** As much of it as there may be, piece by piece. */
        private String characters(Reader reader) throws SQLException {
            if (reader == null) {
                return null;
            }
            try {
                StringBuilder whole = new StringBuilder();
                char[] piece = new char[8192];
                for (int read = reader.read(piece); read >= 0; read = reader.read(piece)) {
                    take(read);
                    whole.append(piece, 0, read);
                }
                return whole.toString();
            } catch (IOException e) {
                throw new SQLException(e.getMessage(), e);
            }
        }

        private byte[] bytes(InputStream stream) throws SQLException {
            if (stream == null) {
                return null;
            }
            try {
                byte[] all = stream.readNBytes(charactersLeft + 1);
                take(all.length);
                return all;
            } catch (IOException e) {
                throw new SQLException(e.getMessage(), e);
            }
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
