package dev.runbook.yaml;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Origin;
import dev.runbook.base.Position;
import dev.runbook.base.Source;
import dev.runbook.base.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the characters that nobody sees and that change what a text means or how it reads. */
final class CharacterCheck {
    /** After so many the file is not a text at all, and more findings help nobody. */
    private static final int MOST = 10;

    private final Source source;
    private final List<Diagnostic> findings = new ArrayList<>();
    private final List<String> cleaned = new ArrayList<>();

    private CharacterCheck(Source source) {
        this.source = source;
    }

    static CharacterCheck of(Source source) {
        CharacterCheck check = new CharacterCheck(source);
        for (int line = 1; line <= source.lines().size(); line++) {
            check.cleaned.add(check.clean(line, source.line(line)));
        }
        return check;
    }

    /** At most {@value #MOST} of them. */
    List<Diagnostic> findings() {
        return findings;
    }

    /** The lines with a question mark in the place of each refused character, so that the rest can be read. */
    List<String> cleaned() {
        return cleaned;
    }

    private String clean(int line, String text) {
        StringBuilder clean = null;
        for (int i = 0; i < text.length(); i++) {
            if (isRefused(text, i)) {
                report(line, i, text.charAt(i));
                clean = clean == null ? new StringBuilder(text) : clean;
                clean.setCharAt(i, '?');
            }
        }
        return clean == null ? text : clean.toString();
    }

    private void report(int line, int index, char c) {
        if (findings.size() < MOST) {
            findings.add(refusal(Origin.of(source, Span.at(new Position(line, index + 1))), c));
        }
    }

    private static Diagnostic refusal(Origin origin, char c) {
        String code = String.format(Locale.ROOT, "U+%04X", (int) c);
        return Diagnostic.error(
                origin, "control-character", "The character " + code + " (" + name(c) + ") is not allowed. Delete it.");
    }

    /** The first refused character of a value that an escape such as {@code "\\e"} has brought into it; line ends are none. */
    static Optional<Diagnostic> inValue(String value, Origin origin) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) != '\n' && isRefused(value, i)) {
                return Optional.of(refusal(Origin.of(origin.source(), origin.span(i, i + 1)), value.charAt(i)));
            }
        }
        return Optional.empty();
    }

    private static boolean isRefused(String text, int index) {
        char c = text.charAt(index);
        if (Character.isSurrogate(c)) {
            boolean pair = Character.isHighSurrogate(c)
                    ? index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1))
                    : index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
            return !pair;
        }
        return c < ' ' && c != '\t' || c >= 0x7F && c <= 0x9F || isInvisible(c) || c == '\uFFFE' || c == '\uFFFF';
    }

    /** Line and paragraph separators, byte order marks, and what turns the direction of reading. */
    private static boolean isInvisible(char c) {
        return c >= '\u2028' && c <= '\u202E'
                || c >= '\u2066' && c <= '\u2069'
                || c == '\u200B'
                || c == '\u200E'
                || c == '\u200F'
                || c == '\uFEFF';
    }

    private static String name(char c) {
        if (c == 0) {
            return "NUL; is the file UTF-16? Save it as UTF-8";
        }
        String name = Character.getName(c);
        return name == null ? "no character" : name.toLowerCase(Locale.ROOT);
    }
}
