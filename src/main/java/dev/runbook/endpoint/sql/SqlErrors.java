package dev.runbook.endpoint.sql;

import com.microsoft.sqlserver.jdbc.SQLServerError;
import com.microsoft.sqlserver.jdbc.SQLServerException;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Failure.Kind;
import dev.runbook.endpoint.Failure.Outcome;
import dev.runbook.endpoint.sql.SqlConnection.Supervision;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What sort of trouble an error number of SQL Server means. The numbers are those of {@code sys.messages}; whatever is not
 * named here is lasting.
 */
final class SqlErrors {
    /**
     * Go away by themselves. 921, 922: the database is still being recovered. 952: it is in transition. 956, 1404, 1413, 1421,
     * 1438, 1456, 1479: mirroring is not synchronised yet, busy, or its partner is out of reach for the moment. 1205:
     * deadlock. 1222: a lock was not granted in time. 3023: another backup runs. 5061: the database could not be locked.
     * 14258: the Agent is starting. 17142: the server is paused. 18401: it runs its start-up scripts.
     */
    private static final Set<Integer> TRANSIENT =
            Set.of(921, 922, 952, 956, 1205, 1222, 1404, 1413, 1421, 1438, 1456, 1479, 3023, 5061, 14258, 17142, 18401);

    /**
     * A login that is refused, or a right that is missing. 229, 230, 262, 297, 300, 916, 3110, 5011, 6102, 15247: no permission
     * on the object, column, statement, action, server or database, for RESTORE, ALTER DATABASE, KILL, the procedure. 4060,
     * 4062, 4064: the database of the login does not open. 18452, 18456, 18470, 18486 to 18488: unknown domain, wrong
     * password, disabled, locked, expired, to be changed.
     */
    private static final Set<Integer> ACCESS = Set.of(
            229, 230, 262, 297, 300, 916, 3110, 4060, 4062, 4064, 5011, 6102, 15247, 18452, 18456, 18470, 18486, 18487,
            18488);

    /**
     * Say only that something failed; why stands in another error of the same chain. 3013: BACKUP or RESTORE ends abnormally.
     * 3119: planning of a RESTORE failed. 5069: ALTER DATABASE failed.
     */
    private static final Set<Integer> CONSEQUENCES = Set.of(3013, 3119, 5069);

    private static final int CANNOT_OPEN_DEVICE = 3201;

    /** Of Windows: 32 somebody else has the file open; 53, 64, 121 the network path is not there, was lost, timed out. */
    private static final Set<String> TRANSIENT_OF_WINDOWS = Set.of("32", "53", "64", "121");

    /** In every language of the server the number stands directly before its meaning in parentheses, behind the path. */
    private static final Pattern NUMBER_OF_WINDOWS = Pattern.compile("(\\d+)\\s?\\(");

    private SqlErrors() {}

    /** What sort of trouble it is. */
    static Kind kindOf(int number, String message) {
        if (ACCESS.contains(number)) {
            return Kind.ACCESS;
        }
        boolean passes = TRANSIENT.contains(number)
                || number == CANNOT_OPEN_DEVICE && TRANSIENT_OF_WINDOWS.contains(numberOfWindows(message));
        return passes ? Kind.TRANSIENT : Kind.LASTING;
    }

    /** Whether the number says only that something failed, and not why. */
    static boolean isConsequence(int number) {
        return CONSEQUENCES.contains(number);
    }

    private static String numberOfWindows(String message) {
        Matcher number = NUMBER_OF_WINDOWS.matcher(message.substring(message.lastIndexOf('\'') + 1));
        return number.find() ? number.group(1) : "";
    }

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
         * @param sent the statement
         * @param cut why we stopped it, if we did: then nobody knows how far it came
         * @param lost whether the connection went
         */
        Failure failure(SqlStatement sent, Optional<Supervision.Cut> cut, boolean lost) {
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
            return reason().map(error -> said(error, sent))
                    .orElseGet(() -> unknown(Kind.LASTING, "driver", "The driver could not read the answer."));
        }

        /** Everything but the reason, a line each. */
        List<String> rest() {
            SQLServerError reason = reason().orElse(null);
            return lines(errors.stream().filter(error -> error != reason));
        }

        private Failure said(SQLServerError error, SqlStatement sent) {
            boolean partly = sent.mayBePartlyDone(errors.get(0).getErrorSeverity(), procedureOf(errors.get(0)), (int)
                    errors.get(0).getLineNumber());
            return new Failure(
                    partly ? Outcome.PARTLY : Outcome.DEFINITE,
                    SqlErrors.kindOf(error.getErrorNumber(), error.getErrorMessage()),
                    Integer.toString(error.getErrorNumber()),
                    error.getErrorMessage(),
                    lineOf(error),
                    rest(),
                    codes());
        }

        /** Every error that says why; all of them where none does. */
        private List<String> codes() {
            List<String> reasons = errors.stream()
                    .map(SQLServerError::getErrorNumber)
                    .filter(number -> !SqlErrors.isConsequence(number))
                    .map(String::valueOf)
                    .toList();
            return reasons.isEmpty()
                    ? errors.stream()
                            .map(error -> String.valueOf(error.getErrorNumber()))
                            .toList()
                    : reasons;
        }

        private Failure unknown(Kind kind, String code, String message) {
            return new Failure(Outcome.UNKNOWN, kind, code, message, OptionalInt.empty(), lines(errors.stream()));
        }

        private List<String> lines(Stream<SQLServerError> some) {
            return Stream.concat(
                            some.map(error -> error.getErrorNumber() + ": " + error.getErrorMessage()),
                            ofDriver.stream())
                    .toList();
        }

        private static String procedureOf(SQLServerError error) {
            return error.getProcedureName() == null ? "" : error.getProcedureName();
        }

        /** A procedure counts lines of its own, which are not those of the text that was sent. */
        private static OptionalInt lineOf(SQLServerError error) {
            return !procedureOf(error).isEmpty() || error.getLineNumber() < 1
                    ? OptionalInt.empty()
                    : OptionalInt.of((int) error.getLineNumber());
        }
    }

    /** Carries a failure up to the one place that makes it an answer. Never leaves this package. */
    static final class SqlFailedException extends Exception {
        private static final long serialVersionUID = 1;

        private final transient Failure failure;

        SqlFailedException(Failure failure) {
            super(failure.message(), null, false, false);
            this.failure = failure;
        }

        /** What went wrong. */
        Failure failure() {
            return failure;
        }
    }
}
