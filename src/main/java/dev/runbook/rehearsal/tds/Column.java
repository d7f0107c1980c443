package dev.runbook.rehearsal.tds;

/**
 * A column of a result.
 *
 * @param name the label; may be empty
 * @param type how its values travel
 */
public record Column(String name, Type type) {
    /** The types that a simulated server can send; any value may be null. */
    public enum Type {
        /** A Boolean. */
        BIT,
        /** An Integer of 0 to 255. */
        TINYINT,
        /** An Integer. */
        SMALLINT,
        /** An Integer. */
        INT,
        /** A Long. */
        BIGINT,
        /** A BigDecimal without fraction: numeric(38,0). */
        NUMERIC,
        /** A Double. */
        FLOAT,
        /** A String of up to 4,000 characters. */
        NVARCHAR,
        /** A String of any length. */
        NVARCHAR_MAX,
        /** A java.time.LocalDateTime, to 1/300 s. */
        DATETIME,
        /** A java.util.UUID. */
        UNIQUEIDENTIFIER,
        /** A byte array of up to 8,000 bytes. */
        VARBINARY,
        /** A Float. */
        REAL,
        /** A String of up to 20 characters, filled up with blanks: nchar(20). */
        NCHAR
    }
}
