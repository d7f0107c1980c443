package dev.runbook.endpoint.sql;

import dev.runbook.value.Value;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;

/**
 * What is sent to a server: a text, and values for its question marks. Texts are bound as nvarchar, truths as bit, whole
 * numbers as int or bigint, other and longer ones as decimal, nothing as NULL; the server converts them to what it wants.
 *
 * @param sql the text
 * @param values without any, the text travels as a plain batch
 */
record Order(String sql, List<Value> values) {
    private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    /** Copies the values. */
    Order {
        values = List.copyOf(values);
    }

    /** A plain batch. */
    static Order batch(String sql) {
        return new Order(sql, List.of());
    }

    /** Whether a value can be bound; lists and maps cannot. */
    static boolean canBind(Value value) {
        return !(value instanceof Value.Items) && !(value instanceof Value.Fields);
    }

    Statement prepare(Connection connection) throws SQLException {
        if (values.isEmpty()) {
            return connection.createStatement();
        }
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.size(); i++) {
            bind(statement, i + 1, values.get(i));
        }
        return statement;
    }

    /** Sends it; whether the first thing that comes back is a result with rows. */
    boolean send(Statement statement) throws SQLException {
        return statement instanceof PreparedStatement prepared ? prepared.execute() : statement.execute(sql);
    }

    private static void bind(PreparedStatement statement, int place, Value value) throws SQLException {
        if (value instanceof Value.Nothing) {
            statement.setNull(place, Types.NVARCHAR);
        } else if (value instanceof Value.Truth truth) {
            statement.setBoolean(place, truth.value());
        } else if (value instanceof Value.Number number) {
            bind(statement, place, number.value());
        } else {
            statement.setNString(place, value instanceof Value.Secret secret ? secret.reveal() : value.text());
        }
    }

    private static void bind(PreparedStatement statement, int place, BigDecimal number) throws SQLException {
        boolean whole = number.stripTrailingZeros().scale() <= 0;
        if (!whole || number.abs().compareTo(LONGEST) > 0) {
            statement.setBigDecimal(place, number);
        } else if (number.longValueExact() == number.intValue()) {
            statement.setInt(place, number.intValue());
        } else {
            statement.setLong(place, number.longValueExact());
        }
    }
}
