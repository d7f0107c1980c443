package dev.runbook.tsql;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One statement of a batch. Semicolons are optional in T-SQL, so the words tell where one ends. A hint for rules, not a parser:
 * what stands behind IF, WHILE, BEGIN or DECLARE counts as one statement with it, since it has to be sent together.
 *
 * @param tokens neither white space nor comments; never empty
 */
public record Statement(List<Token> tokens) {
    /** Copies the tokens. */
    public Statement {
        tokens = List.copyOf(tokens);
    }

    /** The statements of a text, in order. */
    public static List<Statement> of(String sql) {
        return new Statements(Tokenizer.significant(sql)).cut();
    }

    /** Its first word. */
    public Token first() {
        return tokens.get(0);
    }

    /** The token at an index; empty behind the end. */
    public Optional<Token> token(int index) {
        return index < tokens.size() ? Optional.of(tokens.get(index)) : Optional.empty();
    }

    /** Whether it begins with these words. */
    public boolean begins(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!isWord(i, words[i])) {
                return false;
            }
        }
        return true;
    }

    /** Whether one of these words is among its options. */
    public boolean has(String... words) {
        Set<String> wanted = Set.of(words);
        return tokens.stream()
                .anyMatch(token -> token.kind() == TokenKind.WORD
                        && wanted.contains(token.text().toUpperCase(Locale.ROOT)));
    }

    /** The text behind DISK, quotes and escapes included. */
    public Optional<Token> disk() {
        for (int i = 0; i + 2 < tokens.size(); i++) {
            if (isWord(i, "DISK") && tokens.get(i + 1).isOperator("=")) {
                return Optional.of(tokens.get(i + 2));
            }
        }
        return Optional.empty();
    }

    private boolean isWord(int index, String word) {
        return token(index).filter(token -> token.isWord(word)).isPresent();
    }
}
