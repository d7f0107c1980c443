package dev.runbook.rehearsal.relations.query;

import dev.runbook.rehearsal.relations.Relation;
import dev.runbook.rehearsal.relations.RelationName;
import dev.runbook.rehearsal.relations.View;
import dev.runbook.rehearsal.sqlserver.Catalog.Answer;
import dev.runbook.rehearsal.tds.Column;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.h2.jdbcx.JdbcDataSource;

/** The embedded database: one table for each relation that was ever asked for, filled anew before each query. */
final class RelationStore implements AutoCloseable {
    /** Without a name: nobody else can open it, and it is gone with its connection. */
    private static final String PRIVATE = "jdbc:h2:mem:";

    /** Brackets, TOP and empty labels as in SQL Server; names as written; no escape in patterns; fewer reserved words. */
    private static final String SETTINGS = ";MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE"
            + ";DEFAULT_ESCAPE=;NON_KEYWORDS=DAY,HOUR,INTERVAL,KEY,LIMIT,MINUTE,MONTH,OFFSET,QUALIFY,ROW,ROWNUM,SECOND,UNKNOWN"
            + ",VALUE,YEAR";

    private static final String PARSENAME =
            "CREATE ALIAS PARSENAME DETERMINISTIC FOR '" + ObjectName.class.getName() + ".part'";

    private final Connection connection;
    private final Set<String> made = new HashSet<>();

    private RelationStore(Connection connection) {
        this.connection = connection;
    }

    /** A new and empty one. */
    static RelationStore open() throws SQLException {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(PRIVATE + SETTINGS);
        RelationStore store = new RelationStore(source.getConnection());
        store.execute(PARSENAME);
        return store;
    }

    /** Makes a relation hold what the view shows. */
    void fill(RelationName name, Relation<?> relation, View view) throws SQLException {
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
        try (Statement statement = connection.createStatement();
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
            case NVARCHAR, NVARCHAR_MAX -> String.class;
            case DATETIME -> LocalDateTime.class;
            case UNIQUEIDENTIFIER -> UUID.class;
            case VARBINARY -> byte[].class;
        };
        return result.getObject(index, asked);
    }

    private void make(RelationName name, Relation<?> relation) throws SQLException {
        if (made.add(name.h2())) {
            execute("CREATE SCHEMA IF NOT EXISTS " + name.h2Schema());
            String columns = relation.columns().stream()
                    .map(column -> '"' + column.name() + "\" " + column.kind().h2())
                    .collect(Collectors.joining(", "));
            execute("CREATE TABLE " + name.h2() + " (" + columns + ")");
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
