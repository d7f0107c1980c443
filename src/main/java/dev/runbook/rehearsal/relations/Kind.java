package dev.runbook.rehearsal.relations;

/** The types that columns of a relation have, and how H2 holds them. */
public enum Kind {
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
    public String h2() {
        return h2;
    }
}
