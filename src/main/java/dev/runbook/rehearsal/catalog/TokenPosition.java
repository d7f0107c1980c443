package dev.runbook.rehearsal.catalog;

import dev.runbook.tsql.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A place in a stretch of tokens.
 *
 * @param tokens white space included
 * @param at the index of the token that is looked at
 */
record TokenPosition(List<Token> tokens, int at) {
    /** Words before a bracket that is not that of a call. */
    private static final Set<String> NOT_CALLED = Set.of(
            "ALL",
            "AND",
            "ANY",
            "AS",
            "BETWEEN",
            "BY",
            "CASE",
            "DISTINCT",
            "ELSE",
            "EXCEPT",
            "EXISTS",
            "FROM",
            "HAVING",
            "IN",
            "INTERSECT",
            "JOIN",
            "LIKE",
            "NOT",
            "ON",
            "OR",
            "OVER",
            "SELECT",
            "SOME",
            "THEN",
            "TOP",
            "UNION",
            "VALUES",
            "WHEN",
            "WHERE",
            "WITH");

    /** The token here. */
    Token token() {
        return tokens.get(at);
    }

    /** The last token before this one that is not white space. */
    Optional<Token> before() {
        for (int index = at - 1; index >= 0; index--) {
            if (tokens.get(index).kind() != Token.Kind.SPACE) {
                return Optional.of(tokens.get(index));
            }
        }
        return Optional.empty();
    }

    /** The next token after this one that is not white space. */
    Optional<Token> following() {
        for (int index = at + 1; index < tokens.size(); index++) {
            if (tokens.get(index).kind() != Token.Kind.SPACE) {
                return Optional.of(tokens.get(index));
            }
        }
        return Optional.empty();
    }

    /** Where a token of this stretch is. */
    int indexOf(Token token) {
        return tokens.indexOf(token);
    }

    /** Whether a function is called here, however its name is written. */
    boolean isCall() {
        boolean bracket = following().filter(token -> token.isOperator("(")).isPresent();
        boolean keyword = token().kind() == Token.Kind.WORD
                && NOT_CALLED.contains(token().text().toUpperCase(Locale.ROOT));
        return token().isName() && bracket && !keyword && !isNaming();
    }

    /** After AS, WITH and the bracket that closes a subquery comes the name of a table with its columns. */
    private boolean isNaming() {
        return before().filter(token -> token.isWord("AS")
                        || token.isWord("WITH")
                        || token.isOperator(")") && closesSubquery(indexOf(token)))
                .isPresent();
    }

    private boolean closesSubquery(int bracket) {
        int depth = 0;
        for (int index = bracket; index >= 0; index--) {
            depth += tokens.get(index).isOperator(")") ? 1 : tokens.get(index).isOperator("(") ? -1 : 0;
            if (depth == 0) {
                return new TokenPosition(tokens, index)
                        .following()
                        .filter(token -> token.isWord("SELECT") || token.isWord("VALUES") || token.isWord("WITH"))
                        .isPresent();
            }
        }
        return false;
    }

    /** The names that stand here with points between them; the middle one of {@code msdb..sysjobs} is empty. */
    List<Token> dotted() {
        List<Token> parts = new ArrayList<>();
        parts.add(token());
        int index = at + 1;
        while (isPoint(index) && index + 1 < tokens.size()) {
            Token part = tokens.get(index + 1);
            if (part.isName()) {
                parts.add(part);
                index += 2;
            } else if (part.isOperator(".")) {
                parts.add(new Token(Token.Kind.WORD, part.start(), "", true));
                index += 1;
            } else {
                break;
            }
        }
        return parts;
    }

    private boolean isPoint(int index) {
        return index < tokens.size() && tokens.get(index).isOperator(".");
    }
}
