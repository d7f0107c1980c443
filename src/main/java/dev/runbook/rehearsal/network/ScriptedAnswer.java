package dev.runbook.rehearsal.network;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.rehearsal.scene.AnswerSpec;
import dev.runbook.rehearsal.tds.Column;
import dev.runbook.rehearsal.tds.Reply;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * One answer of a scene. The first row decides on columns and types.
 *
 * @param at which statements it answers
 * @param rows what it gives
 */
record ScriptedAnswer(Predicate<String> at, List<Row> rows) {
    private static final int NO_COUNT = -1;

    static ScriptedAnswer of(AnswerSpec spec) {
        return new ScriptedAnswer(Wildcard.beginning(spec.at()), spec.rows());
    }

    boolean fits(String sql) {
        return at.test(sql.strip());
    }

    void say(Reply reply) {
        if (rows.isEmpty()) {
            reply.done(NO_COUNT);
            return;
        }
        List<Column> columns = rows.get(0).columns().entrySet().stream()
                .map(column -> new Column(column.getKey(), type(column.getValue())))
                .toList();
        reply.result(columns, rows.stream().map(row -> values(row, columns)).toList());
    }

    private static Column.Type type(Value value) {
        if (value instanceof Value.Truth) {
            return Column.Type.BIT;
        }
        return value instanceof Value.Number ? Column.Type.BIGINT : Column.Type.NVARCHAR;
    }

    private static List<Object> values(Row row, List<Column> columns) {
        List<Object> values = new ArrayList<>();
        columns.forEach(column -> values.add(value(row.get(column.name()).orElse(Value.NOTHING), column.type())));
        return values;
    }

    /** Null where a later row holds something that the first one says cannot be there. */
    private static Object value(Value value, Column.Type type) {
        if (value instanceof Value.Nothing) {
            return null;
        }
        return switch (type) {
            case BIT -> value instanceof Value.Truth truth ? truth.value() : null;
            case BIGINT -> value instanceof Value.Number number ? whole(number.value()) : null;
            default -> value.text();
        };
    }

    private static Long whole(BigDecimal number) {
        return number.longValue();
    }
}
