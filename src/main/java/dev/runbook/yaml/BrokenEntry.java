package dev.runbook.yaml;

import java.util.List;

/** Takes an entry that cannot be read out of a document, so that the rest can. */
final class BrokenEntry {
    /** Steps, facts and variables begin in this column, counted from 0, or further left. */
    private static final int ENTRY_COLUMN = 2;

    private BrokenEntry() {}

    /**
     * Empties the lines of the entry around a line.
     *
     * @param number of the line, counted from 1
     * @return false if there was nothing to empty
     */
    static boolean blank(List<String> lines, int number) {
        int first = Math.min(number, lines.size()) - 1;
        while (first > 0 && !begins(lines.get(first))) {
            first--;
        }
        int indentation = indentation(lines.get(first));
        int end = first + 1;
        while (end < lines.size() && (lines.get(end).isBlank() || indentation(lines.get(end)) > indentation)) {
            end++;
        }
        boolean any = false;
        for (int line = first; line < Math.max(end, Math.min(number, lines.size())); line++) {
            any |= !lines.get(line).isBlank();
            lines.set(line, "");
        }
        return any;
    }

    private static boolean begins(String line) {
        return !line.isBlank() && indentation(line) <= ENTRY_COLUMN && line.charAt(indentation(line)) != '#';
    }

    private static int indentation(String line) {
        int column = 0;
        while (column < line.length() && line.charAt(column) == ' ') {
            column++;
        }
        return column;
    }
}
