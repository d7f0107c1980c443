package dev.runbook.rehearsal.server;

import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.tds.SqlError;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What came of a statement. */
public sealed interface Outcome {
    /**
     * It took effect.
     *
     * @param state as it is now
     * @param messages information, in their order
     * @param rows a result, where the statement has one
     * @param returnCode of a procedure; 0 for everything else
     */
    record Done(EstateState state, List<SqlError> messages, Optional<Catalog.Answer.Rows> rows, int returnCode)
            implements Outcome {
        /** Copies the messages. */
        public Done {
            messages = List.copyOf(messages);
        }
    }

    /**
     * It did nothing.
     *
     * @param errors the first one says why; others follow from it
     */
    record Failed(List<SqlError> errors) implements Outcome {
        /** Copies the errors. */
        public Failed {
            errors = List.copyOf(errors);
        }
    }

    /**
     * It has to wait for somebody. Asked again later it may do better.
     *
     * @param patience how long it waits at most
     * @param returnCode of the procedure when that is over
     */
    record Waiting(Duration patience, int returnCode) implements Outcome {}

    /** It took effect. */
    static Outcome done(EstateState state, SqlError... messages) {
        return new Done(state, Arrays.asList(messages), Optional.empty(), 0);
    }

    /** It took effect, and the procedure returns a number. */
    static Outcome returned(EstateState state, int code) {
        return new Done(state, List.of(), Optional.empty(), code);
    }

    /** It only read. */
    static Outcome rows(EstateState state, Catalog.Answer.Rows rows) {
        return new Done(state, List.of(), Optional.of(rows), 0);
    }

    /** It did nothing. */
    static Outcome failed(SqlError... errors) {
        return new Failed(Arrays.asList(errors));
    }
}
