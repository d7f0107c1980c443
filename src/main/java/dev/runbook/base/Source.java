package dev.runbook.base;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A text that somebody wrote, under the name by which messages call it.
 *
 * @param name the file as the user named it, with {@code /} as separator
 * @param lines the text cut at LF, CR LF or CR, without the line ends
 * @param secretKeys keys whose values nobody may see, beside {@code password} and its like
 */
public record Source(String name, List<String> lines, Set<String> secretKeys) {
    /** Copies lines and keys. */
    public Source {
        lines = List.copyOf(lines);
        secretKeys = Set.copyOf(secretKeys);
    }

    /** Of few things: every finding has its source, and there may be many in a long file. */
    @Override
    public int hashCode() {
        return Objects.hash(name, lines.size());
    }

    /** A source without a text, for what is wrong with a file that cannot be read. */
    public static Source unread(String name) {
        return new Source(name, List.of(), Set.of());
    }

    /** A source of the whole text of a file; a byte order mark before it is not part of the text. */
    public static Source of(String name, String text) {
        String marked = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return new Source(name, cut(marked), Set.of());
    }

    /** By hand: a regular expression takes longer for this than all rules take for the file. */
    private static List<String> cut(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\n' || c == '\r') {
                lines.add(text.substring(start, at));
                boolean pair = c == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n';
                at += pair ? 1 : 0;
                start = at + 1;
            }
        }
        lines.add(text.substring(start));
        return lines;
    }

    /** The text of a line, counted from 1; empty where there is no such line. */
    public String line(int number) {
        return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
    }

    /** The same text, in which the values of these keys are secret. */
    public Source hiding(Set<String> keys) {
        return new Source(name, lines, keys);
    }

    /**
     * A line as it may be shown, counted from 1: with dots for passwords and other secrets, as many as they have characters.
     * Whatever leaves the program takes its lines from here.
     */
    public String shown(int number) {
        boolean exists = number >= 1 && number <= lines.size();
        return exists ? new SecretKeys(secretKeys).hide(lines, number - 1) : "";
    }

    /** What is said about a line, with dots for the secrets of that line. */
    String hide(String message, int number) {
        return new SecretKeys(secretKeys).hide(message, line(number));
    }
}
