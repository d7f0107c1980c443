package dev.runbook.endpoint;

import dev.runbook.base.Row;
import java.util.List;

/** What an endpoint says to a question or an order. */
public sealed interface Answer {
    /**
     * It went as asked.
     *
     * @param rows what came back, perhaps nothing
     */
    record Rows(List<Row> rows) implements Answer {
        /** Copies the rows. */
        public Rows {
            rows = List.copyOf(rows);
        }
    }

    /** It did not. */
    record Failed(Failure failure) implements Answer {}

    /** It went as asked, and nothing came back. */
    static Answer nothing() {
        return new Rows(List.of());
    }

    /** These rows. */
    static Answer of(List<Row> rows) {
        return new Rows(rows);
    }

    /** This failure. */
    static Answer failed(Failure failure) {
        return new Failed(failure);
    }
}
