package dev.runbook.tsql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts T-SQL into tokens, as the server does it. Takes any text: what is not T-SQL comes out as tokens all the same, and
 * together they are always the whole text.
 */
public final class Tokenizer {
    private static final String COMPARISONS = "<> <= >= != !< !> += -= *= /= %= &= |= ^= ::";

    private final String sql;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Tokenizer(String sql) {
        this.sql = sql;
    }

    /** All tokens, white space and comments included. */
    public static List<Token> tokens(String sql) {
        Tokenizer tokenizer = new Tokenizer(sql);
        while (tokenizer.at < sql.length()) {
            tokenizer.next();
        }
        return List.copyOf(tokenizer.tokens);
    }

    /** The tokens that mean something: neither white space nor comments. */
    public static List<Token> significant(String sql) {
        return tokens(sql).stream()
                .filter(token ->
                        token.kind() != Token.Kind.SPACE && !token.kind().isComment())
                .toList();
    }

    private void next() {
        char c = sql.charAt(at);
        if (Characters.isSpace(c)) {
            take(Token.Kind.SPACE, spanOf(Characters::isSpace, at));
        } else if (startsWith("--")) {
            take(Token.Kind.LINE_COMMENT, spanOf(Characters::isInLine, at));
        } else if (startsWith("/*")) {
            blockComment();
        } else if (c == '\'') {
            quoted(Token.Kind.STRING, at + 1, '\'');
        } else if ((c == 'N' || c == 'n') && charAt(at + 1) == '\'') {
            quoted(Token.Kind.NATIONAL_STRING, at + 2, '\'');
        } else if (c == '[') {
            quoted(Token.Kind.BRACKETED, at + 1, ']');
        } else if (c == '"') {
            quoted(Token.Kind.QUOTED, at + 1, '"');
        } else {
            bare(c);
        }
    }

    private void bare(char c) {
        if (Characters.isLookalike(c)) {
            take(Token.Kind.LOOKALIKE, at + 1);
        } else if (c == '@') {
            take(Token.Kind.VARIABLE, spanOf(Characters::isInWord, at));
        } else if (Characters.isDigit(c) || c == '.' && Characters.isDigit(charAt(at + 1))) {
            take(Token.Kind.NUMBER, endOfNumber());
        } else if (Characters.isInWord(c)) {
            take(Token.Kind.WORD, spanOf(Characters::isInWord, at));
        } else {
            boolean two = at + 2 <= sql.length() && COMPARISONS.contains(sql.substring(at, at + 2)) && isMark(at + 1);
            take(Token.Kind.OPERATOR, at + (two ? 2 : 1));
        }
    }

    /** A blank would be found in the list of comparisons too. */
    private boolean isMark(int index) {
        return charAt(index) != ' ';
    }

    private int endOfNumber() {
        if (startsWith("0x") || startsWith("0X")) {
            return spanOf(Characters::isHexDigit, at + 2);
        }
        int end = spanOf(Characters::isDigit, at);
        if (charAt(end) == '.') {
            end = spanOf(Characters::isDigit, end + 1);
        }
        if (charAt(end) == 'e' || charAt(end) == 'E') {
            boolean signed = charAt(end + 1) == '+' || charAt(end + 1) == '-';
            end = spanOf(Characters::isDigit, end + (signed ? 2 : 1));
        }
        return end;
    }

    private void quoted(Token.Kind kind, int from, char closing) {
        int end = from;
        while (end < sql.length()) {
            if (sql.charAt(end) != closing) {
                end++;
            } else if (charAt(end + 1) == closing) {
                end += 2;
            } else {
                take(kind, end + 1);
                return;
            }
        }
        unclosed(kind);
    }

    private void blockComment() {
        int depth = 0;
        int end = at;
        while (end < sql.length()) {
            if (sql.startsWith("/*", end)) {
                depth++;
                end += 2;
            } else if (sql.startsWith("*/", end)) {
                depth--;
                end += 2;
                if (depth == 0) {
                    take(Token.Kind.BLOCK_COMMENT, end);
                    return;
                }
            } else {
                end++;
            }
        }
        unclosed(Token.Kind.BLOCK_COMMENT);
    }

    private void take(Token.Kind kind, int end) {
        tokens.add(new Token(kind, at, sql.substring(at, end), true));
        at = end;
    }

    private void unclosed(Token.Kind kind) {
        tokens.add(new Token(kind, at, sql.substring(at), false));
        at = sql.length();
    }

    private int spanOf(Characters.Test test, int from) {
        int end = from;
        while (end < sql.length() && test.holds(sql.charAt(end))) {
            end++;
        }
        return end;
    }

    private boolean startsWith(String mark) {
        return sql.startsWith(mark, at);
    }

    /** The character there; NUL after the end, which no mark is equal to. */
    private char charAt(int index) {
        return index < sql.length() ? sql.charAt(index) : 0;
    }

    /** What single characters are to the server. */
    static final class Characters {
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
                case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                    Optional.of(" ");
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
}
