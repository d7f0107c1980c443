package dev.runbook.endpoint;

/** Hears what the other side says while it works. Called on whatever thread hears it; never blocks for long. */
public interface Progress {
    /** Hears nothing. */
    Progress NONE = new Progress() {};

    /**
     * So much is done.
     *
     * @param done how much, in {@code unit}
     * @param total of how much; 0 where nobody knows
     * @param unit {@code %} or {@code bytes}
     */
    default void advanced(long done, long total, String unit) {}

    /** The other side says something that is neither an error nor a row: an informational message, a warning. */
    default void said(String message) {}
}
