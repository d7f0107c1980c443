package dev.runbook.yaml;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The parts of a document that could not be read. Whoever looks at the rest must not take for absent what may stand there.
 *
 * @param parts each a whole entry or item
 */
public record Unread(List<Part> parts) {
    /** What is unread where everything was read. */
    public static final Unread NOTHING = new Unread(List.of());

    /**
     * Some lines.
     *
     * @param firstLine counted from 1
     * @param lastLine the last one of them
     * @param text as written
     */
    record Part(int firstLine, int lastLine, String text) {
        private static final Pattern HEAD =
                Pattern.compile("\\s*(?:-\\s+)?[\\p{L}\\p{N}][\\p{L}\\p{N}_ -]*:(?:\\s.*)?");

        /** Whether the key that it begins with can be told: then no other name can be lost but by being written in it. */
        private boolean hasName() {
            Matcher head = HEAD.matcher(text.lines().findFirst().orElse(""));
            return head.matches();
        }

        private boolean mentions(String name) {
            return letters(text).contains(letters(name));
        }

        /** Without what a slip of the keyboard could have put in between. */
        private static String letters(String text) {
            return text.replaceAll("[^\\p{L}\\p{N}]", "");
        }
    }

    /** Copies the parts. */
    public Unread {
        parts = List.copyOf(parts);
    }

    /** Whether everything could be read. */
    public boolean isNothing() {
        return parts.isEmpty();
    }

    /** The lines of the parts, in the order of the file, in words: {@code line 3, lines 7 to 9}. */
    public String lines() {
        return parts.stream()
                .sorted(Comparator.comparing(Part::firstLine))
                .map(part -> part.firstLine() == part.lastLine()
                        ? "line " + part.firstLine()
                        : "lines " + part.firstLine() + " to " + part.lastLine())
                .collect(Collectors.joining(", "));
    }

    /** Whether a line, counted from 1, is in one of the parts. */
    public boolean holds(int line) {
        return parts.stream().anyMatch(part -> part.firstLine() <= line && line <= part.lastLine());
    }

    /** Whether something of that name may be there; it may wherever nobody can tell what the part was called. */
    public boolean mayHold(String name) {
        return parts.stream().anyMatch(part -> !part.hasName() || part.mentions(name));
    }

    /** As {@link #mayHold}, of a key of the document itself. */
    public boolean mayHoldKey(String key) {
        return mayHold(key) || parts.stream().anyMatch(part -> !part.text().startsWith(" "));
    }
}
