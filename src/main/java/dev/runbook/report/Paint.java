package dev.runbook.report;

/** The few colours that a terminal shows; without one, plain text. */
public enum Paint {
    /** No colours. */
    PLAIN,
    /** Colours by ANSI escape sequences. */
    COLOURED;

    /** What went well. */
    String good(String text) {
        return wrap("32", text);
    }

    /** What went wrong. */
    public String bad(String text) {
        return wrap("1;31", text);
    }

    /** What a person should look at. */
    String notable(String text) {
        return wrap("33", text);
    }

    /** What matters less. */
    public String faint(String text) {
        return wrap("2", text);
    }

    /** A heading. */
    String strong(String text) {
        return wrap("1", text);
    }

    private String wrap(String code, String text) {
        return this == PLAIN ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
