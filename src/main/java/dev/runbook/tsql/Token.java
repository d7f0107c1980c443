package dev.runbook.tsql;

/**
 * A stretch of T-SQL.
 *
 * @param kind what it is
 * @param start offset of its first character, counted from 0
 * @param text its characters, quotes and brackets included
 * @param closed whether its closing mark is there; always true for kinds that need none
 */
public record Token(Kind kind, int start, String text, boolean closed) {
    /** The offset after its last character. */
    public int end() {
        return start + text.length();
    }

    /** What it means: without quotes, brackets and doubling for names and strings, the text itself for everything else. */
    public String value() {
        return switch (kind) {
            case BRACKETED -> inside(1, ']');
            case QUOTED -> inside(1, '"');
            case STRING -> inside(1, '\'');
            case NATIONAL_STRING -> inside(2, '\'');
            case SPACE, WORD, NUMBER, VARIABLE, OPERATOR, LINE_COMMENT, BLOCK_COMMENT, LOOKALIKE -> text;
        };
    }

    /** Whether it is this word, without brackets and in any case. */
    public boolean isWord(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    /** Whether it is this operator or punctuation mark. */
    public boolean isOperator(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    /** Whether it can be a name: a word, or something in brackets or double quotes. */
    public boolean isName() {
        return kind == Kind.WORD || kind == Kind.BRACKETED || kind == Kind.QUOTED;
    }

    private String inside(int opening, char closing) {
        String mark = String.valueOf(closing);
        String content = text.substring(opening, text.length() - (closed ? 1 : 0));
        return content.replace(mark + mark, mark);
    }

    /** What a token is. */
    public enum Kind {
        /** Blanks, tabs, line ends, and whatever else the server takes for white space. */
        SPACE,
        /** A keyword or a name without brackets. */
        WORD,
        /** {@code [a name]}; {@code ]]} inside is one bracket. */
        BRACKETED,
        /** {@code "…"}: a name or a string, as QUOTED_IDENTIFIER says. */
        QUOTED,
        /** {@code '…'}: a string in the code page of the server. */
        STRING,
        /** {@code N'…'}: a string of Unicode. */
        NATIONAL_STRING,
        /** {@code 57}, {@code 1.5e-3}, {@code 0xFF}. A sign is an operator of its own. */
        NUMBER,
        /** {@code @x} or {@code @@SPID}. */
        VARIABLE,
        /** A comma, a bracket, an operator: each one character, except for comparisons such as {@code <>}. */
        OPERATOR,
        /** From {@code --} up to the end of the line, which is not part of it. */
        LINE_COMMENT,
        /** From the opening to its own closing mark; comments of this kind nest. */
        BLOCK_COMMENT,
        /**
         * One character that looks like a quote, a bracket, a dash or a blank and is none, as word processors make them. The server
         * takes some for white space and some for parts of names ({@code N‘mgc’} parses, and names the wrong thing).
         */
        LOOKALIKE;

        /** Whether it is a comment. */
        public boolean isComment() {
            return this == LINE_COMMENT || this == BLOCK_COMMENT;
        }

        /** Whether it is a string, in Unicode or not. */
        public boolean isString() {
            return this == STRING || this == NATIONAL_STRING;
        }
    }
}
