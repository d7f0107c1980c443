package dev.runbook.fact;

import dev.runbook.model.Fact;
import dev.runbook.model.Name;
import dev.runbook.value.Row;
import dev.runbook.value.Value;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Orders the rows of a fact by its columns: numbers by value, texts without regard to case, nulls first. */
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
            order = order.thenComparing(found -> value(found.row(), column), RowOrder::compare);
        }
        return rows.stream().sorted(order).toList();
    }

    private static Value value(Row row, Name column) {
        return row.get(column.text()).orElse(Value.NOTHING);
    }

    private static int compare(Value a, Value b) {
        if (a instanceof Value.Nothing || b instanceof Value.Nothing) {
            return Boolean.compare(!(a instanceof Value.Nothing), !(b instanceof Value.Nothing));
        }
        Optional<BigDecimal> left = Matching.number(a);
        Optional<BigDecimal> right = Matching.number(b);
        return left.isPresent() && right.isPresent()
                ? left.get().compareTo(right.get())
                : a.text().compareToIgnoreCase(b.text());
    }
}
