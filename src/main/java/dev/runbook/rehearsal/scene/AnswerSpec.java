package dev.runbook.rehearsal.scene;

import dev.runbook.base.Row;
import java.util.List;
import java.util.Optional;

/**
 * What a statement gives that the estate does not know.
 *
 * @param at the beginning of the statement, with {@code *} for any characters, in any case
 * @param server only there; empty means everywhere
 * @param rows of texts, numbers and truths; none for a statement that only succeeds
 */
public record AnswerSpec(String at, Optional<String> server, List<Row> rows) {
    /** Copies the list. */
    public AnswerSpec {
        rows = List.copyOf(rows);
    }
}
