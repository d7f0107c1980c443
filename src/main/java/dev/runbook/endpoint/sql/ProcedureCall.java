package dev.runbook.endpoint.sql;

import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Failure.Kind;
import dev.runbook.value.Row;
import dev.runbook.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
    Order order() throws SqlTrouble {
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
        String bound =
                parameters.keySet().stream().map(name -> " @" + name + " = ?").collect(Collectors.joining(","));
        return new Order("DECLARE @rc int; EXEC @rc = " + procedure + bound + "; SELECT @rc AS return_code", values);
    }

    /** The return code that the last result holds. */
    static int returnCode(Results results) throws SqlTrouble {
        List<Row> last = results.last();
        if (last.size() == 1
                && last.get(0).get("return_code").orElse(Value.NOTHING) instanceof Value.Number code
                && isInt(code.value())) {
            return code.value().intValueExact();
        }
        throw new SqlTrouble(Failure.unknown(
                Kind.LASTING, "return-code", "The procedure ended without saying a return code; look what it did."));
    }

    private static boolean isInt(BigDecimal number) {
        return number.compareTo(BigDecimal.valueOf(number.intValue())) == 0;
    }

    private static void check(String name, Value value) throws SqlTrouble {
        if (!PARAMETER.matcher(name).matches()) {
            throw refused("parameter-name", "'" + name + "' is not the name of a parameter; write it without the @");
        }
        if (!Order.canBind(value)) {
            throw refused("parameter-value", "@" + name + " is a list or a map; a procedure takes one value");
        }
    }

    private static SqlTrouble refused(String code, String message) {
        return new SqlTrouble(Failure.definite(Kind.LASTING, code, message));
    }
}
