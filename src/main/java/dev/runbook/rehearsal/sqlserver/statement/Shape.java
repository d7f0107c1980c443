package dev.runbook.rehearsal.sqlserver.statement;

import dev.runbook.rehearsal.sqlserver.Catalog;
import dev.runbook.rehearsal.tds.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * The columns of a result, and how each is read from what the result tells of.
 *
 * @param fields in their order
 */
record Shape<T>(List<Field<T>> fields) {
    /** Copies the fields. */
    Shape {
        fields = List.copyOf(fields);
    }

    /** One column. */
    record Field<T>(Column column, Function<T, Object> value) {
        static <T> Field<T> of(String name, Column.Type type, Function<T, Object> value) {
            return new Field<>(new Column(name, type), value);
        }
    }

    /** One row for each of them. */
    Catalog.Answer.Rows rows(List<T> things) {
        List<List<Object>> rows = new ArrayList<>();
        for (T thing : things) {
            rows.add(Arrays.asList(
                    fields.stream().map(field -> field.value().apply(thing)).toArray()));
        }
        return new Catalog.Answer.Rows(fields.stream().map(Field::column).toList(), rows);
    }
}
