package dev.runbook.report;

/** Shortens a text to what fits on a screen. */
final class Cut {
    private Cut() {}

    /** The first line, at most so many characters. */
    static String to(int length, String text) {
        String line = text.strip().lines().findFirst().orElse("");
        boolean whole = line.length() == text.strip().length();
        if (line.length() <= length) {
            return whole ? line : line + " ...";
        }
        return line.substring(0, length - 4).stripTrailing() + " ...";
    }
}
