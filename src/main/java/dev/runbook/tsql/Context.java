package dev.runbook.tsql;

import java.util.List;

/** Where in T-SQL something stands; decides what a value may become there. */
public enum Context {
    /** Among keywords, names and numbers. */
    OUTSIDE,
    /** Inside {@code N'…'}. */
    NATIONAL_STRING,
    /** Inside {@code '…'}. */
    STRING,
    /** Inside {@code […]}. */
    BRACKETS,
    /** Inside {@code "…"}, which is a name or a string as a setting of the session says. */
    QUOTES,
    /** Inside a comment of either kind. */
    COMMENT;

    /** The context of the character at an offset. A quote or bracket that opens or closes something is outside of it. */
    public static Context at(String sql, int offset) {
        return at(Tokenizer.tokens(sql), offset);
    }

    /** The same, for a text that is cut already. */
    public static Context at(List<Token> tokens, int offset) {
        return tokens.stream()
                .filter(token -> token.start() <= offset && offset < token.end())
                .findFirst()
                .map(token -> inside(token, offset))
                .orElse(OUTSIDE);
    }

    private static Context inside(Token token, int offset) {
        Context context = of(token.kind());
        int opening = switch (context) {
            case NATIONAL_STRING -> 2;
            case STRING, BRACKETS, QUOTES -> 1;
            case OUTSIDE, COMMENT -> 0;
        };
        boolean closes = opening > 0 && token.closed() && offset == token.end() - 1;
        return offset < token.start() + opening || closes ? OUTSIDE : context;
    }

    /** The context of whatever stands inside a token of this kind. */
    static Context of(Token.Kind kind) {
        return switch (kind) {
            case NATIONAL_STRING -> NATIONAL_STRING;
            case STRING -> STRING;
            case BRACKETED -> BRACKETS;
            case QUOTED -> QUOTES;
            case LINE_COMMENT, BLOCK_COMMENT -> COMMENT;
            case SPACE, WORD, NUMBER, VARIABLE, OPERATOR, LOOKALIKE -> OUTSIDE;
        };
    }
}
