package dev.runbook.plan;

import dev.runbook.base.Value;
import dev.runbook.endpoint.FileSystemEndpoint;
import dev.runbook.endpoint.ShellTarget;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.template.Fill;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** An action with its values: what is sent to the world. */
public sealed interface Operation {
    /** One batch of T-SQL. */
    record Sql(SqlTarget server, Fill.FilledSql sql) implements Operation {
        @Override
        public String target() {
            return server.name();
        }

        @Override
        public String text() {
            return sql.text();
        }
    }

    /** A stored procedure; parameters without {@code @}. */
    record Procedure(SqlTarget server, String name, Map<String, Value> parameters) implements Operation {
        /** Copies the parameters, keeping their order. */
        public Procedure {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }

        @Override
        public String target() {
            return server.name();
        }

        @Override
        public String text() {
            return Operation.procedure(name, parameters);
        }
    }

    /** A cmdlet. */
    record Cmdlet(ShellTarget shell, String name, Map<String, Value> parameters) implements Operation {
        /** Copies the parameters, keeping their order. */
        public Cmdlet {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }

        @Override
        public String target() {
            return shell.name();
        }

        @Override
        public String text() {
            return Operation.cmdlet(name, parameters);
        }
    }

    /** Files to be copied. */
    record CopyFiles(FileSystemEndpoint.Copy copy) implements Operation {
        @Override
        public String target() {
            return copy.to();
        }

        @Override
        public String text() {
            return "copy " + copy.include() + " from " + copy.from() + " to " + copy.to();
        }
    }

    /** Where it goes, as people name it. */
    String target();

    /** What is sent, ready for pasting into a query window or a shell; secrets as dots. */
    String text();

    /** As a person would type it; never sent by the program. */
    private static String procedure(String name, Map<String, Value> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> "@" + parameter.getKey() + " = " + sql(parameter.getValue()))
                .collect(Collectors.joining(", ", "EXEC " + name + (parameters.isEmpty() ? "" : " "), ""));
    }

    /** As a person would type it; never sent by the program. */
    private static String cmdlet(String name, Map<String, Value> parameters) {
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
            return items.values().stream().map(Operation::shell).collect(Collectors.joining(",", "@(", ")"));
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
