package dev.runbook.rehearsal.catalog;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The full name of a relation, in lower case.
 *
 * @param database in which it is
 * @param schema {@code sys} or {@code dbo}
 * @param table its own name
 */
record RelationName(String database, String schema, String table) {
    /** Folds the case, as SQL Server does. */
    RelationName {
        database = database.toLowerCase(Locale.ROOT);
        schema = schema.toLowerCase(Locale.ROOT);
        table = table.toLowerCase(Locale.ROOT);
    }

    /**
     * The relation that some names with points between them begin with; empty for a column, an alias, a name of one part.
     *
     * @param current the database in which the query runs
     */
    static Optional<RelationName> of(List<String> parts, String current) {
        if (parts.size() >= 2 && isSchema(parts.get(0))) {
            return Optional.of(new RelationName(current, parts.get(0), parts.get(1)));
        }
        if (parts.size() >= 3 && (isSchema(parts.get(1)) || parts.get(1).isEmpty())) {
            String schema = parts.get(1).isEmpty() ? "dbo" : parts.get(1);
            return Optional.of(new RelationName(parts.get(0), schema, parts.get(2)));
        }
        return Optional.empty();
    }

    /** How many of those parts belong to the relation; what follows is a column. */
    static int length(List<String> parts) {
        return isSchema(parts.get(0)) ? 2 : 3;
    }

    private static boolean isSchema(String part) {
        return part.equalsIgnoreCase("sys") || part.equalsIgnoreCase("dbo");
    }

    /** The schema in which H2 holds it, quoted: database and schema in one. */
    String h2Schema() {
        return quoted(database + "." + schema);
    }

    /** Its full name in H2. */
    String h2() {
        return h2Schema() + "." + quoted(table);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
