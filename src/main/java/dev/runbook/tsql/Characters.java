package dev.runbook.tsql;

/** What single characters are to the server. */
final class Characters {
    private static final String LOOKALIKES = "‘’‚‛“”„‟′″´`ʹʺʼ＇＂［］（）‐‑‒–—―−－；，";

    private Characters() {}

    /** A test of one character. */
    @FunctionalInterface
    interface Test {
        boolean holds(char c);
    }

    /** White space that everybody can see: what ASCII has. Other blanks are look-alikes. */
    static boolean isSpace(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }

    /** A line comment ends at CR or LF and at nothing else. */
    static boolean isInLine(char c) {
        return c != '\r' && c != '\n';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isHexDigit(char c) {
        return Character.digit(c, 16) >= 0 && c < 128;
    }

    /** Letters and digits of any script, and the four marks that names may hold. */
    static boolean isInWord(char c) {
        return !isLookalike(c)
                && (Character.isLetterOrDigit(c)
                        || Character.isSurrogate(c)
                        || c == '_'
                        || c == '@'
                        || c == '#'
                        || c == '$');
    }

    /** Typographic quotes, dashes and brackets; blanks of Unicode; characters that nobody can see. */
    static boolean isLookalike(char c) {
        return c >= 128 && (LOOKALIKES.indexOf(c) >= 0 || isUnseen(c)) || c == '`';
    }

    private static boolean isUnseen(char c) {
        int type = Character.getType(c);
        return type == Character.SPACE_SEPARATOR
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.FORMAT
                || c == '\u0085';
    }
}
