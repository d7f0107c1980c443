package dev.runbook.rehearsal.catalog;

import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.server.Catalog;
import dev.runbook.rehearsal.tds.Backend.Session;
import dev.runbook.rehearsal.tds.SqlError;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;

/**
 * A catalogue that an embedded H2 evaluates. The database is private to this object, is opened by the first query, and is gone
 * when it is closed. Safe for use by several threads; queries wait for one another.
 */
public final class H2Catalog implements Catalog, AutoCloseable {
    private final Clock clock;
    private RelationStore store;

    /**
     * A catalogue for one estate.
     *
     * @param clock tells the time and zone of the servers
     */
    public H2Catalog(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Answer query(EstateState state, Asking asking, String sql, List<Session.Parameter> parameters) {
        CatalogView view = new CatalogView(state, asking, LocalDateTime.now(clock));
        Translator.Translation translation = Translator.translate(sql, parameters, view);
        if (translation.refusal().isPresent()) {
            return new Answer.Refused(translation.refusal().get());
        }
        try {
            RelationStore opened = opened();
            for (RelationName name : translation.relations()) {
                opened.fill(name, Relations.find(name, view).orElseThrow(), view);
            }
            return opened.query(translation.sql());
        } catch (SQLException failure) {
            return new Answer.Refused(Refusal.of(failure, sql));
        }
    }

    private RelationStore opened() throws SQLException {
        if (store == null) {
            store = RelationStore.open();
        }
        return store;
    }

    @Override
    public synchronized void close() {
        if (store != null) {
            try {
                store.close();
            } catch (SQLException failure) {
                throw new IllegalStateException("the relations of the estate could not be closed", failure);
            } finally {
                store = null;
            }
        }
    }

    /** What SQL Server would say to a query that H2 refuses. The number of H2 decides; its text only lends the name. */
    private static final class Refusal {
        private Refusal() {}

        /** The error for a failure. */
        static SqlError of(SQLException failure, String sql) {
            return switch (failure.getErrorCode()) {
                case 42102, 42103, 42104, 90079 -> SqlError.of(208, "Invalid object name '" + name(failure) + "'.");
                case 42122 -> SqlError.of(207, "Invalid column name '" + lastPart(name(failure)) + "'.");
                case 90059 -> SqlError.of(209, "Ambiguous column name '" + name(failure) + "'.");
                case 42000, 42001 -> new SqlError(102, 15, 1, "Incorrect syntax near '" + near(failure) + "'.", 1);
                case 22018, 22007 ->
                    SqlError.of(245, "Conversion failed when converting a value to another data type.");
                case 22003, 22004 -> SqlError.of(8115, "Arithmetic overflow error converting expression to data type.");
                case 22012 -> SqlError.of(8134, "Divide by zero error encountered.");
                case 90053 ->
                    SqlError.of(
                            512,
                            "Subquery returned more than 1 value. This is not permitted when it is used as an"
                                    + " expression.");
                case 90016 ->
                    SqlError.of(
                            8120,
                            "Column '" + name(failure)
                                    + "' is invalid in the select list: not contained in an aggregate"
                                    + " function or the GROUP BY clause.");
                default ->
                    SqlError.of(
                            50000,
                            "The rehearsal cannot evaluate this query. Write it another way, or script an answer in"
                                    + " the scene, under answers: - {at: 'how it begins*', rows: [{column: value}]}. It"
                                    + " is: " + sql);
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

        /** The word after the mark that H2 puts where it stopped. */
        private static String near(SQLException failure) {
            String[] parts = failure.getMessage().split("\\[\\*\\]", 2);
            return parts.length < 2 ? "" : parts[1].strip().split("[\\s\";]", 2)[0];
        }
    }
}
