package dev.runbook.tsql;

/**
 * A stretch of T-SQL.
 *
 * @param kind what it is
 * @param start offset of its first character, counted from 0
 * @param text its characters, quotes and brackets included
 * @param closed whether its closing mark is there; always true for kinds that need none
 */
public record Token(TokenKind kind, int start, String text, boolean closed) {
    /** The offset behind its last character. */
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
        return kind == TokenKind.WORD && text.equalsIgnoreCase(word);
    }

    /** Whether it is this operator or punctuation mark. */
    public boolean isOperator(String operator) {
        return kind == TokenKind.OPERATOR && text.equals(operator);
    }

    /** Whether it can be a name: a word, or something in brackets or double quotes. */
    public boolean isName() {
        return kind == TokenKind.WORD || kind == TokenKind.BRACKETED || kind == TokenKind.QUOTED;
    }

    private String inside(int opening, char closing) {
        String mark = String.valueOf(closing);
        String content = text.substring(opening, text.length() - (closed ? 1 : 0));
        return content.replace(mark + mark, mark);
    }
}
