package dev.runbook.rehearsal.relations.query;

import dev.runbook.rehearsal.tds.SqlError;
import java.sql.SQLException;

/** What SQL Server would say to a query that H2 refuses. The number of H2 decides; its text only lends the name. */
final class Refusal {
    private Refusal() {}

    /** The error for a failure. */
    static SqlError of(SQLException failure, String sql) {
        return switch (failure.getErrorCode()) {
            case 42102, 42103, 42104, 90079 -> SqlError.of(208, "Invalid object name '" + name(failure) + "'.");
            case 42122 -> SqlError.of(207, "Invalid column name '" + lastPart(name(failure)) + "'.");
            case 90059 -> SqlError.of(209, "Ambiguous column name '" + name(failure) + "'.");
            case 42000, 42001 -> new SqlError(102, 15, 1, "Incorrect syntax near '" + near(failure) + "'.", 1);
            case 22018, 22007 -> SqlError.of(245, "Conversion failed when converting a value to another data type.");
            case 22003, 22004 -> SqlError.of(8115, "Arithmetic overflow error converting expression to data type.");
            case 22012 -> SqlError.of(8134, "Divide by zero error encountered.");
            case 90053 ->
                SqlError.of(
                        512,
                        "Subquery returned more than 1 value. This is not permitted when it is used as an expression.");
            case 90016 ->
                SqlError.of(
                        8120,
                        "Column '" + name(failure) + "' is invalid in the select list: not contained in an aggregate"
                                + " function or the GROUP BY clause.");
            default ->
                SqlError.of(
                        50000,
                        "The rehearsal cannot evaluate this query. Write it another way, or script an answer in the scene, under"
                                + " answers: - {at: 'how it begins*', rows: [{column: value}]}. It is: " + sql);
        };
    }

    /** The first thing between double quotes. */
    private static String name(SQLException failure) {
        String[] parts = failure.getMessage().split("\"", 3);
        return parts.length < 3 ? "" : parts[1];
    }

    private static String lastPart(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** The word behind the mark that H2 puts where it stopped. */
    private static String near(SQLException failure) {
        String[] parts = failure.getMessage().split("\\[\\*\\]", 2);
        return parts.length < 2 ? "" : parts[1].strip().split("[\\s\";]", 2)[0];
    }
}
