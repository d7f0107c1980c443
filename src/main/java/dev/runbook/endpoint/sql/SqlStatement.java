package dev.runbook.endpoint.sql;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Failure.Kind;
import dev.runbook.endpoint.sql.SqlErrors.SqlFailedException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is sent to a server: a text, and values for its question marks. Texts are bound as nvarchar, truths as bit, whole
 * numbers as int or bigint, other and longer ones as decimal, nothing as NULL; the server converts them to what it wants.
 *
 * @param sql the text
 * @param values without any, the text travels as a plain batch
 */
record SqlStatement(String sql, List<Value> values) {
    private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    /** The severity of an error that was found before anything of the text ran. */
    private static final int SYNTAX = 15;

    /** What these begin may hold several statements. */
    private static final List<String> COMPOUND = List.of("IF", "WHILE", "BEGIN", "DECLARE");

    /** Copies the values. */
    SqlStatement {
        values = List.copyOf(values);
    }

    /** A plain batch. */
    static SqlStatement batch(String sql) {
        return new SqlStatement(sql, List.of());
    }

    /**
     * Whether a part of it may have happened although the server answered with an error: a statement of the batch came before
     * the one that failed, or the error came from within a procedure. Where that cannot be told, it may.
     *
     * @param severity of the first error; a text with a mistake of syntax never begins
     * @param procedure in which it arose; empty for the batch itself
     * @param line of the batch, or of the procedure; below 1 where the call itself was refused
     */
    boolean mayBePartlyDone(int severity, String procedure, int line) {
        if (severity == SYNTAX || !procedure.isEmpty() && line < 1) {
            return false;
        }
        if (!procedure.isEmpty()) {
            return true;
        }
        if (!values.isEmpty()) {
            // the call of a procedure, refused before it began
            return false;
        }
        List<dev.runbook.tsql.Statement> statements = dev.runbook.tsql.Statement.of(sql);
        long before = statements.stream()
                .filter(statement ->
                        !statement.begins("SET") && !statement.begins("DECLARE") && !statement.begins("USE"))
                .filter(statement -> lineOf(statement.first().start()) <= line)
                .count();
        boolean compound =
                statements.stream().anyMatch(statement -> COMPOUND.stream().anyMatch(statement::begins));
        return before > 1 || compound && statements.get(0).tokens().size() > 1 && line > lineOf(0);
    }

    private int lineOf(int offset) {
        return 1
                + (int) sql.substring(0, offset)
                        .chars()
                        .filter(one -> one == '\n')
                        .count();
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

    /**
     * The call of a stored procedure as a text with question marks. The driver's own call syntax cannot name only some of the
     * parameters of a procedure, hence the {@code EXEC}.
     *
     * @param procedure its name, up to three parts
     * @param parameters by name, without {@code @}
     */
    record ProcedureCall(String procedure, Map<String, Value> parameters) {
        private static final String IDENTIFIER = "[\\p{L}_][\\p{L}\\p{N}_@#$]*";
        private static final Pattern PARAMETER = Pattern.compile(IDENTIFIER);
        private static final Pattern PROCEDURE = Pattern.compile("(" + IDENTIFIER + "\\.){0,2}" + IDENTIFIER);

        /** Copies the parameters, keeping their order. */
        ProcedureCall {
            parameters = new LinkedHashMap<>(parameters);
        }

        /** The text and its values. Names that are no identifiers are refused, so that nothing can be slipped in. */
        SqlStatement order() throws SqlFailedException {
            if (!PROCEDURE.matcher(procedure).matches()) {
                throw refused(
                        "procedure-name",
                        "'" + procedure + "' is not the name of a procedure; write it as msdb.dbo.sp_update_job");
            }
            List<Value> values = new ArrayList<>();
            for (Map.Entry<String, Value> parameter : parameters.entrySet()) {
                check(parameter.getKey(), parameter.getValue());
                values.add(parameter.getValue());
            }
            String bound = parameters.keySet().stream()
                    .map(name -> " @" + name + " = ?")
                    .collect(Collectors.joining(","));
            return new SqlStatement(
                    "DECLARE @rc int; EXEC @rc = " + procedure + bound + "; SELECT @rc AS return_code", values);
        }

        /** The return code that the last result holds. */
        static int returnCode(SqlResults results) throws SqlFailedException {
            List<Row> last = results.last();
            if (last.size() == 1
                    && last.get(0).get("return_code").orElse(Value.NOTHING) instanceof Value.Number code
                    && isInt(code.value())) {
                return code.value().intValueExact();
            }
            throw new SqlFailedException(Failure.unknown(
                    Kind.LASTING,
                    "return-code",
                    "The procedure ended without saying a return code; look what it did."));
        }

        private static boolean isInt(BigDecimal number) {
            return number.compareTo(BigDecimal.valueOf(number.intValue())) == 0;
        }

        private static void check(String name, Value value) throws SqlFailedException {
            if (!PARAMETER.matcher(name).matches()) {
                throw refused(
                        "parameter-name", "'" + name + "' is not the name of a parameter; write it without the @");
            }
            if (!SqlStatement.canBind(value)) {
                throw refused("parameter-value", "@" + name + " is a list or a map; a procedure takes one value");
            }
        }

        private static SqlFailedException refused(String code, String message) {
            return new SqlFailedException(Failure.definite(Kind.LASTING, code, message));
        }
    }
}
