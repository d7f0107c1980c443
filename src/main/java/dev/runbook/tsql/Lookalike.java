package dev.runbook.tsql;

import java.util.Optional;

/**
 * A character that looks like one of ASCII and is none, or cannot be seen at all. Word processors and web pages make them, and
 * the pages that document the procedures are full of them.
 *
 * @param found the character
 * @param instead what was probably meant; empty where nothing was
 */
public record Lookalike(char found, String instead) {
    private static final String DASHES = "‐‑‒–—―−";
    private static final String QUOTES = "‘’‚‛′´`ʹʼ";
    private static final String DOUBLE_QUOTES = "“”„‟″ʺ";
    /** Full-width forms of ASCII stand in its order, this far above it. */
    private static final int FULL_WIDTH = 0xFEE0;

    /** What the character looks like, unless it is what it looks like. */
    public static Optional<Lookalike> of(char c) {
        if (c < 128 && c != '`') {
            return Optional.empty();
        }
        return meant(c).map(instead -> new Lookalike(c, instead));
    }

    private static Optional<String> meant(char c) {
        if (DASHES.indexOf(c) >= 0) {
            return Optional.of("-");
        }
        if (QUOTES.indexOf(c) >= 0) {
            return Optional.of("'");
        }
        if (DOUBLE_QUOTES.indexOf(c) >= 0) {
            return Optional.of("\"");
        }
        if (c >= '！' && c <= '～') {
            return Optional.of(String.valueOf((char) (c - FULL_WIDTH)));
        }
        return switch (Character.getType(c)) {
            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> Optional.of(" ");
            case Character.FORMAT -> Optional.of("");
            default -> c == '\u0085' ? Optional.of(" ") : Optional.empty();
        };
    }

    /** Whether nobody can tell it from a plain blank, or from nothing. */
    public boolean isUnseen() {
        return instead.isBlank();
    }

    /** What to call it: {@code an EN DASH (U+2013)}. */
    public String description() {
        String name = Character.getName(found);
        String article = "AEIOU".indexOf(name.charAt(0)) >= 0 ? "an " : "a ";
        return article + name + String.format(" (U+%04X)", (int) found);
    }

    /** What to do about it. */
    public String advice() {
        if (instead.isEmpty()) {
            return "Delete it.";
        }
        return instead.isBlank() ? "Write a plain blank." : "Write " + instead + " instead.";
    }
}
