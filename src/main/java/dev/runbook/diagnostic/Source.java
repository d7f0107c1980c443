package dev.runbook.diagnostic;

import java.util.List;

/**
 * A text that somebody wrote, under the name by which messages call it.
 *
 * @param name the file as the user named it, with {@code /} as separator
 * @param lines the text cut at LF, CR LF or CR, without the line ends
 */
public record Source(String name, List<String> lines) {
    /** Copies the lines. */
    public Source {
        lines = List.copyOf(lines);
    }

    /** A source of the whole text of a file; a byte order mark before it is not part of the text. */
    public static Source of(String name, String text) {
        String marked = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return new Source(name, List.of(marked.split("\r\n|\r|\n", -1)));
    }

    /** The text of a line, counted from 1; empty where there is no such line. */
    public String line(int number) {
        return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
    }
}
