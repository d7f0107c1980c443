package dev.runbook.rule;

/** What the values of a column are. */
public enum ColumnType {
    /** Characters. */
    TEXT("text"),
    /** A number of any length. */
    NUMBER("a number"),
    /** A bit: true or false. */
    TRUTH("true or false"),
    /** A date and a time, which comes as text. */
    MOMENT("a date and time"),
    /** A GUID. */
    GUID("a GUID");

    private final String words;

    ColumnType(String words) {
        this.words = words;
    }

    /** The type in words. */
    public String words() {
        return words;
    }
}
