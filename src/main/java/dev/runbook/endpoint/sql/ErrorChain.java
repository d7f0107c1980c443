package dev.runbook.endpoint.sql;

import com.microsoft.sqlserver.jdbc.SQLServerError;
import com.microsoft.sqlserver.jdbc.SQLServerException;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Failure.Kind;
import dev.runbook.endpoint.Failure.Outcome;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What was thrown while an answer was read, judged on numbers.
 *
 * @param errors what the server said, in its order
 * @param ofDriver what the driver said by itself, in whatever language
 */
record ErrorChain(List<SQLServerError> errors, List<String> ofDriver) {
    /** The code of a connection that went. */
    static final String LOST = "connection-lost";

    /** Nobody said anything. */
    static final ErrorChain SILENCE = new ErrorChain(List.of(), List.of());

    /** Copies the lists. */
    ErrorChain {
        errors = List.copyOf(errors);
        ofDriver = List.copyOf(ofDriver);
    }

    static ErrorChain of(List<SQLException> thrown) {
        List<SQLServerError> errors = new ArrayList<>();
        List<String> ofDriver = new ArrayList<>();
        for (SQLException first : thrown) {
            for (SQLException one = first; one != null; one = one.getNextException()) {
                if (one instanceof SQLServerException said && said.getSQLServerError() != null) {
                    errors.add(said.getSQLServerError());
                } else {
                    ofDriver.add(String.valueOf(one.getMessage()));
                }
            }
        }
        return new ErrorChain(errors, ofDriver);
    }

    /** The first error that says why; the very first one where none does. */
    Optional<SQLServerError> reason() {
        return errors.stream()
                .filter(error -> !SqlErrors.isConsequence(error.getErrorNumber()))
                .findFirst()
                .or(() -> errors.stream().findFirst());
    }

    /**
     * What it means after a statement was sent.
     *
     * @param cut why we stopped it, if we did: then nobody knows how far it came
     * @param lost whether the connection went
     */
    Failure failure(Optional<Supervision.Cut> cut, boolean lost) {
        if (cut.isPresent()) {
            return cut.get() == Supervision.Cut.TIMEOUT
                    ? unknown(Kind.CANCELLED, "timeout", "The time limit cut the statement off.")
                    : unknown(Kind.CANCELLED, "cancelled", "The statement was cancelled.");
        }
        if (lost) {
            return unknown(
                    Kind.TRANSIENT,
                    LOST,
                    "The connection was lost after the statement was sent; the server may have carried it out.");
        }
        return reason().map(this::said)
                .orElseGet(() -> unknown(Kind.LASTING, "driver", "The driver could not read the answer."));
    }

    /** Everything but the reason, a line each. */
    List<String> rest() {
        SQLServerError reason = reason().orElse(null);
        return lines(errors.stream().filter(error -> error != reason));
    }

    private Failure said(SQLServerError error) {
        return new Failure(
                Outcome.DEFINITE,
                SqlErrors.kindOf(error.getErrorNumber(), error.getErrorMessage()),
                Integer.toString(error.getErrorNumber()),
                error.getErrorMessage(),
                lineOf(error),
                rest());
    }

    private Failure unknown(Kind kind, String code, String message) {
        return new Failure(Outcome.UNKNOWN, kind, code, message, OptionalInt.empty(), lines(errors.stream()));
    }

    private List<String> lines(Stream<SQLServerError> some) {
        return Stream.concat(
                        some.map(error -> error.getErrorNumber() + ": " + error.getErrorMessage()), ofDriver.stream())
                .toList();
    }

    /** A procedure counts lines of its own, which are not those of the text that was sent. */
    private static OptionalInt lineOf(SQLServerError error) {
        boolean within =
                error.getProcedureName() != null && !error.getProcedureName().isEmpty();
        return within || error.getLineNumber() < 1 ? OptionalInt.empty() : OptionalInt.of((int) error.getLineNumber());
    }
}
