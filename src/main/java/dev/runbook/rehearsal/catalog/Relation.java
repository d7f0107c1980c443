package dev.runbook.rehearsal.catalog;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A catalogue view or a table, filled from the model.
 *
 * @param name without database and schema
 * @param columns in the order of the documentation
 * @param source the things that are its rows
 * @param <T> what a row is made of
 */
record Relation<T>(String name, List<Column<T>> columns, Function<CatalogView, List<T>> source) {
    /** Copies the columns. */
    Relation {
        columns = List.copyOf(columns);
    }

    /**
     * A column.
     *
     * @param name of it
     * @param kind its type
     * @param value of a row; may give null
     */
    record Column<T>(String name, Kind kind, Function<T, Object> value) {}

    /** Begins a relation. */
    static <T> Builder<T> of(String name, Function<CatalogView, List<T>> source) {
        return new Builder<>(name, source);
    }

    /** The rows of now; values in the order of the columns. */
    List<List<Object>> rows(CatalogView view) {
        List<List<Object>> rows = new ArrayList<>();
        for (T thing : source.apply(view)) {
            List<Object> row = new ArrayList<>();
            columns.forEach(column -> row.add(plain(column.value().apply(thing))));
            rows.add(Collections.unmodifiableList(row));
        }
        return rows;
    }

    /** An optional value is a column that may be NULL. */
    private static Object plain(Object value) {
        return value instanceof Optional<?> maybe ? maybe.orElse(null) : value;
    }

    /** Gathers the columns. */
    static final class Builder<T> {
        private final String name;
        private final Function<CatalogView, List<T>> source;
        private final List<Column<T>> columns = new ArrayList<>();

        private Builder(String name, Function<CatalogView, List<T>> source) {
            this.name = name;
            this.source = source;
        }

        /** One more column; its value may be null or an Optional. */
        Builder<T> column(String column, Kind kind, Function<T, Object> value) {
            columns.add(new Column<>(column, kind, value));
            return this;
        }

        /**
         * Two columns for a value of an enum, which may be null or an Optional: its number, and its name.
         *
         * @param first the number of the first constant
         */
        Builder<T> coded(String column, int first, Function<T, Object> value) {
            return column(
                            column,
                            Kind.TINYINT,
                            row -> plain(value.apply(row)) instanceof Enum<?> one ? first + one.ordinal() : null)
                    .column(
                            column + "_desc",
                            Kind.TEXT,
                            row -> plain(value.apply(row)) instanceof Enum<?> one ? one.name() : null);
        }

        /** A column that is the same in every row. */
        Builder<T> constant(String column, Kind kind, Object value) {
            return column(column, kind, row -> value);
        }

        /** The relation. */
        Relation<T> build() {
            return new Relation<>(name, columns, source);
        }
    }

    /** The types that columns of a relation have, and how H2 holds them. */
    enum Kind {
        /** bit. */
        BIT("BOOLEAN"),
        /** tinyint; the views hold none above 127. */
        TINYINT("TINYINT"),
        /** smallint. */
        SMALLINT("SMALLINT"),
        /** int. */
        INT("INTEGER"),
        /** bigint. */
        BIGINT("BIGINT"),
        /** numeric(25,0), a log sequence number. */
        LSN("NUMERIC(25)"),
        /** Text, compared without regard to case. */
        TEXT("VARCHAR_IGNORECASE(4000)"),
        /** datetime. */
        DATETIME("TIMESTAMP(3)"),
        /** uniqueidentifier. */
        GUID("UUID"),
        /** varbinary. */
        BINARY("VARBINARY(8000)");

        private final String h2;

        Kind(String h2) {
            this.h2 = h2;
        }

        /** How H2 holds it. */
        String h2() {
            return h2;
        }
    }
}
