package dev.runbook.plan;

import dev.runbook.base.Value;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes procedures and cmdlets as a person would type them. For reading and pasting; never sent by the program. */
final class OperationText {
    private OperationText() {}

    static String procedure(String name, Map<String, Value> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> "@" + parameter.getKey() + " = " + sql(parameter.getValue()))
                .collect(Collectors.joining(", ", "EXEC " + name + (parameters.isEmpty() ? "" : " "), ""));
    }

    static String cmdlet(String name, Map<String, Value> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> " " + parameter(parameter.getKey(), parameter.getValue()))
                .collect(Collectors.joining("", name, ""));
    }

    private static String sql(Value value) {
        if (value instanceof Value.Nothing) {
            return "NULL";
        }
        if (value instanceof Value.Truth truth) {
            return truth.value() ? "1" : "0";
        }
        return value instanceof Value.Number
                ? value.text()
                : "N'" + value.text().replace("'", "''") + "'";
    }

    private static String parameter(String name, Value value) {
        // a switch is given by its name alone, or with a colon where it is off
        if (value instanceof Value.Truth truth) {
            return truth.value() ? "-" + name : "-" + name + ":$false";
        }
        return "-" + name + " " + shell(value);
    }

    private static String shell(Value value) {
        if (value instanceof Value.Nothing) {
            return "$null";
        }
        if (value instanceof Value.Truth truth) {
            return truth.value() ? "$true" : "$false";
        }
        if (value instanceof Value.Items items) {
            return items.values().stream().map(OperationText::shell).collect(Collectors.joining(",", "@(", ")"));
        }
        if (value instanceof Value.Fields fields) {
            return fields.values().entrySet().stream()
                    .map(field -> key(field.getKey()) + "=" + shell(field.getValue()))
                    .collect(Collectors.joining("; ", "@{", "}"));
        }
        return value instanceof Value.Number ? value.text() : quoted(value.text());
    }

    private static String key(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*") ? name : quoted(name);
    }

    /** A text in single quotes. PowerShell takes the typographic ones for them too, so each is doubled. */
    private static String quoted(String text) {
        return "'" + text.replaceAll("['\u2018\u2019\u201a\u201b]", "$0$0") + "'";
    }
}
