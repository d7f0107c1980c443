package dev.runbook.fact;

import dev.runbook.base.Row;
import dev.runbook.event.Trouble;
import java.util.List;

/** What a source said. */
sealed interface Reading {
    /** These rows, perhaps none. */
    record Rows(List<Row> rows) implements Reading {
        /** Copies the list. */
        public Rows {
            rows = List.copyOf(rows);
        }
    }

    /** Whether something answers was asked, and nothing does. */
    record NoAnswer(String why) implements Reading {}

    /** It could not be asked. */
    record Unknown(Trouble trouble) implements Reading {}
}
