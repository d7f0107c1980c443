package dev.runbook.rehearsal.relations.query;

import java.util.Locale;
import java.util.Optional;

/** The types of T-SQL in the words of H2. */
final class SqlType {
    private SqlType() {}

    /**
     * What H2 calls a type of T-SQL.
     *
     * @param written without blanks: {@code nvarchar(128)}
     */
    static Optional<String> h2(String written) {
        int bracket = written.indexOf('(');
        String name = (bracket < 0 ? written : written.substring(0, bracket)).toLowerCase(Locale.ROOT);
        String size = bracket < 0 ? "" : written.substring(bracket);
        return switch (name) {
            case "int" -> Optional.of("INTEGER");
            case "bigint", "smallint", "real" -> Optional.of(name.toUpperCase(Locale.ROOT));
            case "tinyint" -> Optional.of("SMALLINT");
            case "bit" -> Optional.of("BOOLEAN");
            case "float" -> Optional.of("DOUBLE PRECISION");
            case "numeric", "decimal" -> Optional.of("NUMERIC" + size);
            case "varchar", "nvarchar", "char", "nchar" ->
                Optional.of("VARCHAR_IGNORECASE" + (size.equalsIgnoreCase("(max)") ? "" : size));
            case "sysname" -> Optional.of("VARCHAR_IGNORECASE(128)");
            case "datetime", "datetime2", "smalldatetime" -> Optional.of("TIMESTAMP(3)");
            case "date" -> Optional.of("DATE");
            case "uniqueidentifier" -> Optional.of("UUID");
            default -> Optional.empty();
        };
    }
}
