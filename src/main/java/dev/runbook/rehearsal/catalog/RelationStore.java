package dev.runbook.rehearsal.catalog;

import dev.runbook.rehearsal.server.Catalog.Answer;
import dev.runbook.rehearsal.tds.Column;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.h2.jdbcx.JdbcDataSource;

/**
 * The embedded database: one table for each relation that was ever asked for, filled anew before each query. Queries come from
 * runbooks that anybody may have written, so they run as a user of their own who may read these tables and nothing else.
 */
final class RelationStore implements AutoCloseable {
    /** Its name is a secret, as the passwords are; it is gone with its last connection. */
    private static final String IN_MEMORY = "jdbc:h2:mem:";

    private static final SecureRandom SECRETS = new SecureRandom();
    private static final String OWNER = "OWNER";
    private static final String READER = "READER";

    /** Brackets, TOP and empty labels as in SQL Server; names as written; no escape in patterns; fewer reserved words. */
    private static final String SETTINGS = ";MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE"
            + ";DEFAULT_ESCAPE=;NON_KEYWORDS=DAY,HOUR,INTERVAL,KEY,LIMIT,MINUTE,MONTH,OFFSET,QUALIFY,ROW,ROWNUM,SECOND,UNKNOWN"
            + ",VALUE,YEAR";

    private static final String PARSENAME =
            "CREATE ALIAS PARSENAME DETERMINISTIC FOR '" + ObjectName.class.getName() + ".part'";

    private final Connection connection;
    private final Connection reading;
    private final Set<String> made = new HashSet<>();

    private RelationStore(Connection connection, Connection reading) {
        this.connection = connection;
        this.reading = reading;
    }

    /** A new and empty one. */
    static RelationStore open() throws SQLException {
        // read once, when the first of H2's classes is loaded
        System.setProperty("h2.allowedClasses", ObjectName.class.getName());
        String url = IN_MEMORY + secret() + SETTINGS;
        Connection owner = connect(url, OWNER, secret());
        try {
            String password = secret();
            execute(owner, PARSENAME);
            execute(owner, "CREATE USER " + READER + " PASSWORD '" + password + "'");
            return new RelationStore(owner, connect(url + ";IFEXISTS=TRUE", READER, password));
        } catch (SQLException e) {
            owner.close();
            throw e;
        }
    }

    private static Connection connect(String url, String user, String password) throws SQLException {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url);
        source.setUser(user);
        source.setPassword(password);
        return source.getConnection();
    }

    private static String secret() {
        byte[] bytes = new byte[16];
        SECRETS.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Makes a relation hold what the view shows. */
    void fill(RelationName name, Relation<?> relation, CatalogView view) throws SQLException {
        make(name, relation);
        execute("DELETE FROM " + name.h2());
        List<List<Object>> rows = relation.rows(view);
        if (rows.isEmpty()) {
            return;
        }
        String marks = relation.columns().stream().map(column -> "?").collect(Collectors.joining(","));
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO " + name.h2() + " VALUES (" + marks + ")")) {
            for (List<Object> row : rows) {
                for (int index = 0; index < row.size(); index++) {
                    insert.setObject(index + 1, row.get(index));
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** The result of a query in the words of H2. */
    Answer.Rows query(String sql) throws SQLException {
        try (Statement statement = reading.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            ResultSetMetaData labels = result.getMetaData();
            List<Column> columns = new ArrayList<>();
            for (int index = 1; index <= labels.getColumnCount(); index++) {
                columns.add(new Column(labels.getColumnLabel(index), WireType.of(labels, index)));
            }
            List<List<Object>> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(row(result, columns));
            }
            return new Answer.Rows(columns, rows);
        }
    }

    private static List<Object> row(ResultSet result, List<Column> columns) throws SQLException {
        List<Object> row = new ArrayList<>();
        for (int index = 1; index <= columns.size(); index++) {
            row.add(value(result, index, columns.get(index - 1).type()));
        }
        return row;
    }

    private static Object value(ResultSet result, int index, Column.Type type) throws SQLException {
        Class<?> asked = switch (type) {
            case BIT -> Boolean.class;
            case TINYINT, SMALLINT, INT -> Integer.class;
            case BIGINT -> Long.class;
            case NUMERIC -> BigDecimal.class;
            case FLOAT -> Double.class;
            case REAL -> Float.class;
            case NCHAR, NVARCHAR, NVARCHAR_MAX -> String.class;
            case DATETIME -> LocalDateTime.class;
            case UNIQUEIDENTIFIER -> UUID.class;
            case VARBINARY -> byte[].class;
        };
        return result.getObject(index, asked);
    }

    private void make(RelationName name, Relation<?> relation) throws SQLException {
        if (made.add(name.h2())) {
            execute("CREATE SCHEMA IF NOT EXISTS " + name.h2Schema());
            execute("GRANT SELECT ON SCHEMA " + name.h2Schema() + " TO " + READER);
            String columns = relation.columns().stream()
                    .map(column -> '"' + column.name() + "\" " + column.kind().h2())
                    .collect(Collectors.joining(", "));
            execute("CREATE TABLE " + name.h2() + " (" + columns + ")");
        }
    }

    private void execute(String sql) throws SQLException {
        execute(connection, sql);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            reading.close();
        }
    }

    /** PARSENAME, for the embedded database, which calls it by name. */
    public static final class ObjectName {
        private ObjectName() {}

        /**
         * A part of a name with points in it.
         *
         * @param name up to four parts; null is allowed
         * @param part counted from 1 and from the right
         * @return null where there is no such part, or more than four
         */
        public static String part(String name, int part) {
            if (name == null) {
                return null;
            }
            String[] parts = name.split("\\.", -1);
            boolean there = part >= 1 && part <= parts.length && parts.length <= 4;
            return there && !parts[parts.length - part].isEmpty() ? parts[parts.length - part] : null;
        }
    }

    /** The types of H2 as SQL Server sends them. */
    private static final class WireType {
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
                case Types.NUMERIC, Types.DECIMAL ->
                    columns.getScale(index) == 0 ? Column.Type.NUMERIC : Column.Type.FLOAT;
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
}
