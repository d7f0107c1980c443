package dev.runbook.rehearsal.server;

import dev.runbook.rehearsal.tds.SqlError;
import dev.runbook.tsql.Token;
import dev.runbook.tsql.Tokenizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A place in a batch, between two tokens that mean something. */
abstract sealed class BatchTokens permits BatchReader {
    private static final Set<String> OPENERS = Set.of("""
        BACKUP RESTORE KILL ALTER DROP USE SET DECLARE EXEC EXECUTE SELECT WITH WAITFOR IF
        PRINT INSERT UPDATE DELETE CREATE RAISERROR BEGIN WHILE RETURN TRUNCATE GRANT REVOKE
        DBCC MERGE COMMIT ROLLBACK SAVE CHECKPOINT SHUTDOWN\
        """.split("\\s+"));

    /** So much of a statement that is not known is shown. */
    private static final int SHOWN = 200;

    private final String sql;
    private final List<Token> tokens;
    private int at;

    BatchTokens(String sql) {
        this.sql = sql;
        this.tokens = Tokenizer.significant(sql);
    }

    boolean atEnd() {
        return at >= tokens.size();
    }

    /** The offset of the next token, or the end of the batch. */
    int offset() {
        return atEnd() ? sql.length() : tokens.get(at).start();
    }

    /** The line of an offset, counted from 1. */
    int line(int offset) {
        return 1 + (int) sql.substring(0, offset).chars().filter(c -> c == '\n').count();
    }

    /** The text from an offset to the end of the last token read. */
    String textFrom(int offset) {
        return sql.substring(offset, tokens.get(at - 1).end());
    }

    Token peek() {
        if (atEnd()) {
            throw new BatchSyntaxException(at(ServerError.SYNTAX.of("end of batch"), sql.length()));
        }
        return tokens.get(at);
    }

    boolean isKind(Token.Kind kind) {
        return !atEnd() && tokens.get(at).kind() == kind;
    }

    boolean isWord(String word) {
        return !atEnd() && tokens.get(at).isWord(word);
    }

    /** Whether the token after the next one is this operator. */
    boolean isFollowedBy(String operator) {
        return at + 1 < tokens.size() && tokens.get(at + 1).isOperator(operator);
    }

    /** Whether the token after the next one is this variable. */
    boolean isFollowedByVariable(String name) {
        return at + 1 < tokens.size()
                && tokens.get(at + 1).kind() == Token.Kind.VARIABLE
                && tokens.get(at + 1).text().equalsIgnoreCase(name);
    }

    boolean isOperator(String operator) {
        return !atEnd() && tokens.get(at).isOperator(operator);
    }

    /** Whether a statement begins here, or the batch or the present one ends. */
    boolean isOpening() {
        return atEnd()
                || isOperator(";")
                || isKind(Token.Kind.WORD)
                        && OPENERS.contains(tokens.get(at).text().toUpperCase(Locale.ROOT));
    }

    Token next() {
        Token token = peek();
        at++;
        return token;
    }

    boolean skipWord(String word) {
        if (isWord(word)) {
            at++;
            return true;
        }
        return false;
    }

    /** Skips both words, or neither. */
    boolean skipWords(String one, String other) {
        if (isWord(one) && at + 1 < tokens.size() && tokens.get(at + 1).isWord(other)) {
            at += 2;
            return true;
        }
        return false;
    }

    boolean skipOperator(String operator) {
        if (isOperator(operator)) {
            at++;
            return true;
        }
        return false;
    }

    void word(String word) {
        if (!skipWord(word)) {
            throw unexpected();
        }
    }

    void operator(String operator) {
        if (!skipOperator(operator)) {
            throw unexpected();
        }
    }

    /** A name, in brackets or not. */
    String name() {
        if (!peek().isName()) {
            throw unexpected();
        }
        return next().value();
    }

    /** A name of up to three parts; the missing ones of {@code msdb..x} are left out. */
    String qualifiedName() {
        StringBuilder name = new StringBuilder(name());
        while (skipOperator(".")) {
            while (skipOperator(".")) {
                name.append('.');
            }
            name.append('.').append(name());
        }
        return name.toString();
    }

    String string() {
        if (!peek().kind().isString()) {
            throw unexpected();
        }
        return next().value();
    }

    int wholeNumber() {
        if (!isKind(Token.Kind.NUMBER) || !peek().text().matches("\\d{1,9}")) {
            throw unexpected();
        }
        return Integer.parseInt(next().text());
    }

    /** 102, near the next token. */
    BatchSyntaxException unexpected() {
        if (atEnd()) {
            return new BatchSyntaxException(at(ServerError.SYNTAX.of("end of batch"), sql.length()));
        }
        return new BatchSyntaxException(at(ServerError.SYNTAX.of(tokens.get(at).value()), offset()));
    }

    /** The statement that begins at the offset is none that the rehearsal knows. It ends where the next one surely begins. */
    BatchSyntaxException unknown(int start) {
        do {
            next();
        } while (!atEnd()
                && !isOperator(";")
                && (isWord("SET") || isWord("WITH") || !isOpening() || isRollbackOfOthers()));
        String text = textFrom(start).replaceAll("\\s+", " ");
        String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return new BatchSyntaxException(at(ServerError.UNKNOWN_STATEMENT.of(shown), start));
    }

    /** {@code WITH ROLLBACK IMMEDIATE} begins nothing. */
    private boolean isRollbackOfOthers() {
        return isWord("ROLLBACK") && at > 0 && tokens.get(at - 1).isWord("WITH");
    }

    /** An error of the statement that begins at the offset. */
    SqlError at(SqlError error, int offset) {
        return new SqlError(error.number(), error.severity(), error.state(), error.message(), line(offset));
    }

    /** Leaves the reading of a batch; never leaves this package. */
    static final class BatchSyntaxException extends RuntimeException {
        private final transient SqlError error;

        BatchSyntaxException(SqlError error) {
            super(error.message(), null, false, false);
            this.error = error;
        }

        SqlError error() {
            return error;
        }
    }
}
