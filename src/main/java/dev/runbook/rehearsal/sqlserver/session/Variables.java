package dev.runbook.rehearsal.sqlserver.session;

import dev.runbook.rehearsal.sqlserver.Complaint;
import dev.runbook.rehearsal.sqlserver.statement.Statement;
import dev.runbook.rehearsal.tds.Column;
import dev.runbook.rehearsal.tds.Session;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The variables of one batch, and the parameters of a prepared one. */
final class Variables {
    private final Map<String, Object> values = new LinkedHashMap<>();

    Variables(List<Session.Parameter> parameters) {
        parameters.forEach(parameter -> set(parameter.name(), parameter.value()));
    }

    void declare(String name) {
        set(name, null);
    }

    void set(String name, Object value) {
        values.put(name.toLowerCase(Locale.ROOT), value);
    }

    boolean has(String name) {
        return values.containsKey(name.toLowerCase(Locale.ROOT));
    }

    Object value(String name) {
        return values.get(name.toLowerCase(Locale.ROOT));
    }

    /** All of them as parameters of a query, those of the statement first. */
    List<Session.Parameter> all(List<Session.Parameter> parameters) {
        List<Session.Parameter> all = new ArrayList<>(parameters);
        values.forEach((name, value) -> {
            if (parameters.stream().noneMatch(one -> one.name().equalsIgnoreCase(name))) {
                all.add(new Session.Parameter(name, value));
            }
        });
        return all;
    }

    void show(Statement.ShowVariables show, Answering answering) {
        for (Statement.ShowVariables.Shown shown : show.columns()) {
            if (!has(shown.variable())) {
                answering.say(Complaint.UNDECLARED.of(shown.variable()));
                return;
            }
        }
        Object[] row =
                show.columns().stream().map(shown -> value(shown.variable())).toArray();
        List<Column> columns = show.columns().stream()
                .map(shown -> new Column(shown.label(), type(value(shown.variable()))))
                .toList();
        answering.say(columns, List.of(Arrays.asList(row)));
    }

    private static Column.Type type(Object value) {
        if (value instanceof String) {
            return Column.Type.NVARCHAR_MAX;
        }
        if (value instanceof Boolean) {
            return Column.Type.BIT;
        }
        if (value instanceof Long) {
            return Column.Type.BIGINT;
        }
        if (value instanceof java.util.UUID) {
            return Column.Type.UNIQUEIDENTIFIER;
        }
        if (value instanceof Double) {
            return Column.Type.FLOAT;
        }
        if (value instanceof java.time.LocalDateTime) {
            return Column.Type.DATETIME;
        }
        return value instanceof BigDecimal ? Column.Type.NUMERIC : Column.Type.INT;
    }
}
