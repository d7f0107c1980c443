package dev.runbook.tsql;

/** What a token is. */
public enum TokenKind {
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
