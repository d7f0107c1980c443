package dev.runbook.endpoint.sql;

import dev.runbook.value.Row;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that came back for one order.
 *
 * @param results the rows of each result, in their order; results without columns are not among them
 * @param errors what was thrown while they were read
 */
record Results(List<List<Row>> results, List<SQLException> errors) {
    /** Copies the lists. */
    Results {
        results = List.copyOf(results);
        errors = List.copyOf(errors);
    }

    /**
     * Sends an order and reads to the end whatever comes back: after an error of one statement a server goes on with the next
     * one, and has done nothing for certain before the last result is read.
     */
    static Results read(Order order, Statement statement) {
        List<List<Row>> results = new ArrayList<>();
        List<SQLException> errors = new ArrayList<>();
        Step step = () -> order.send(statement);
        boolean more = true;
        while (more) {
            try {
                boolean hasRows = step.take();
                if (hasRows) {
                    results.add(rows(statement));
                }
                more = hasRows || statement.getUpdateCount() != -1;
            } catch (SQLException e) {
                errors.add(e);
                more = mayGoOn(e, statement);
            }
            step = statement::getMoreResults;
        }
        return new Results(results, errors);
    }

    /** One move to the next result; true when it has rows. */
    private interface Step {
        boolean take() throws SQLException;
    }

    private static List<Row> rows(Statement statement) throws SQLException {
        try (ResultSet rows = statement.getResultSet()) {
            return RowReader.rows(rows);
        }
    }

    /** Only an error that the server sent leaves something to read behind it. */
    private static boolean mayGoOn(SQLException e, Statement statement) {
        try {
            return !ErrorChain.of(List.of(e)).errors().isEmpty()
                    && !statement.isClosed()
                    && !statement.getConnection().isClosed();
        } catch (SQLException closed) {
            return false;
        }
    }

    /** The rows of the first result; none where there is none. */
    List<Row> first() {
        return results.isEmpty() ? List.of() : results.get(0);
    }

    /** The rows of the last result; none where there is none. */
    List<Row> last() {
        return results.isEmpty() ? List.of() : results.get(results.size() - 1);
    }

    /** The rows of the first result before the last one. */
    List<Row> beforeLast() {
        return results.size() < 2 ? List.of() : results.get(0);
    }
}
