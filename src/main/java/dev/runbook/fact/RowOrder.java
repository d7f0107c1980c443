package dev.runbook.fact;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.language.Fact;
import dev.runbook.language.Name;
import java.util.Comparator;
import java.util.List;

/** Orders the rows of a fact by its columns: numbers by value, a column with texts in it as texts without regard to case, nulls first. */
final class RowOrder {
    private final List<Name> columns;

    private RowOrder(List<Name> columns) {
        this.columns = columns;
    }

    static RowOrder of(Fact fact) {
        return new RowOrder(fact.orderBy());
    }

    /** The rows in order; rows that are alike stay in the order of the source. */
    List<FoundRow> sort(List<FoundRow> rows) {
        Comparator<FoundRow> order = (a, b) -> 0;
        for (Name column : columns) {
            order = order.thenComparing(found -> value(found.row(), column), order(rows, column));
        }
        return rows.stream().sorted(order).toList();
    }

    private static Value value(Row row, Name column) {
        return row.get(column.text()).orElse(Value.NOTHING);
    }

    /** One order for a whole column: one text among numbers makes all of them texts, or a beside b would depend on c. */
    private static Comparator<Value> order(List<FoundRow> rows, Name column) {
        boolean numbers = rows.stream()
                .map(found -> value(found.row(), column))
                .allMatch(value ->
                        value instanceof Value.Nothing || Matching.number(value).isPresent());
        Comparator<Value> filled = numbers
                ? Comparator.comparing(value -> Matching.number(value).orElseThrow())
                : Comparator.comparing(Value::text, String.CASE_INSENSITIVE_ORDER);
        return (a, b) -> a instanceof Value.Nothing || b instanceof Value.Nothing
                ? Boolean.compare(!(a instanceof Value.Nothing), !(b instanceof Value.Nothing))
                : filled.compare(a, b);
    }
}
