package dev.runbook.rehearsal.sqlserver.reading;

import dev.runbook.rehearsal.sqlserver.statement.DropDatabase;
import dev.runbook.rehearsal.sqlserver.statement.Kill;
import dev.runbook.rehearsal.sqlserver.statement.Statement;
import dev.runbook.rehearsal.tds.SqlError;
import dev.runbook.tsql.TokenKind;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads a batch, statement by statement. */
public final class BatchReader {
    private BatchReader() {}

    /** Reads all of a batch, or says what in it is wrong or unknown. */
    public static Batch read(String sql) {
        Cursor cursor = new Cursor(sql);
        List<Batch.Placed> statements = new ArrayList<>();
        try {
            while (skipEnds(cursor)) {
                int start = cursor.offset();
                for (Statement statement : statements(cursor, statements.isEmpty())) {
                    statements.add(new Batch.Placed(statement, cursor.textFrom(start), cursor.line(start)));
                }
                if (!cursor.isOpening()) {
                    throw cursor.unexpected();
                }
            }
        } catch (Misread misread) {
            return new Batch.Refused(misread.error());
        }
        return new Batch.Understood(statements);
    }

    private static boolean skipEnds(Cursor cursor) {
        while (cursor.skipOperator(";")) {
            // an empty statement is none
        }
        return !cursor.atEnd();
    }

    private static List<Statement> statements(Cursor cursor, boolean first) {
        return cursor.skipWord("DECLARE") ? declarations(cursor) : List.of(statement(cursor, first));
    }

    private static Statement statement(Cursor cursor, boolean first) {
        int start = cursor.offset();
        switch (cursor.peek().text().toUpperCase(Locale.ROOT)) {
            case "SELECT", "WITH" -> {
                return QueryReader.read(cursor);
            }
            case "BACKUP" -> {
                cursor.next();
                return BackupReader.read(cursor);
            }
            case "RESTORE" -> {
                cursor.next();
                return RestoreReader.read(cursor);
            }
            case "EXEC", "EXECUTE" -> {
                cursor.next();
                return CallReader.read(cursor);
            }
            default -> {
                return small(cursor, start, first);
            }
        }
    }

    private static Statement small(Cursor cursor, int start, boolean first) {
        if (cursor.skipWord("KILL")) {
            return kill(cursor);
        }
        if (cursor.skipWords("ALTER", "DATABASE")) {
            return AlterReader.read(cursor, start);
        }
        if (cursor.skipWords("DROP", "DATABASE")) {
            return new DropDatabase(cursor.name());
        }
        if (cursor.skipWord("USE")) {
            return new Statement.Use(cursor.name());
        }
        if (cursor.skipWord("WAITFOR")) {
            cursor.word("DELAY");
            return new Statement.WaitFor(delay(cursor));
        }
        if (cursor.skipWord("SET")) {
            skipStatement(cursor);
            return new Statement.Ignored(cursor.textFrom(start));
        }
        boolean inside = cursor.isWord("IF") && cursor.isFollowedByVariable("@@TRANCOUNT");
        if (inside) {
            cursor.next();
            cursor.next();
            cursor.operator(">");
            cursor.wholeNumber();
        }
        Optional<Statement.Transaction.Kind> transaction = transaction(cursor);
        if (transaction.isPresent()) {
            if (!cursor.isOpening()
                    && (cursor.isKind(TokenKind.VARIABLE) || cursor.peek().isName())) {
                cursor.next();
            }
            return new Statement.Transaction(transaction.get(), inside);
        }
        if (inside) {
            throw cursor.unknown(start);
        }
        if (cursor.skipWord("PRINT")) {
            return new Statement.Say(SqlError.info(0, cursor.string()));
        }
        if (cursor.skipWord("RAISERROR")) {
            return raise(cursor);
        }
        if (cursor.skipWord("RETURN")) {
            return new Statement.Return(cursor.isOpening() ? 0 : cursor.wholeNumber());
        }
        if (first && !cursor.isOpening() && cursor.peek().isName() && !cursor.isWord("GO")) {
            return CallReader.read(cursor);
        }
        throw cursor.isWord("GO") ? cursor.unexpected() : cursor.unknown(start);
    }

    private static Optional<Statement.Transaction.Kind> transaction(Cursor cursor) {
        for (Statement.Transaction.Kind kind : Statement.Transaction.Kind.values()) {
            if (cursor.skipWords(kind.name(), "TRAN") || cursor.skipWords(kind.name(), "TRANSACTION")) {
                return Optional.of(kind);
            }
        }
        if (cursor.skipWord("COMMIT")) {
            cursor.skipWord("WORK");
            return Optional.of(Statement.Transaction.Kind.COMMIT);
        }
        if (cursor.skipWord("ROLLBACK")) {
            cursor.skipWord("WORK");
            return Optional.of(Statement.Transaction.Kind.ROLLBACK);
        }
        return Optional.empty();
    }

    /** {@code RAISERROR (text, severity, state)}; without arguments for the text, and with options that change nothing here. */
    private static Statement raise(Cursor cursor) {
        cursor.operator("(");
        String text = cursor.string();
        cursor.operator(",");
        int severity = cursor.wholeNumber();
        cursor.operator(",");
        int state = cursor.wholeNumber();
        cursor.operator(")");
        if (cursor.skipWord("WITH")) {
            do {
                cursor.name();
            } while (cursor.skipOperator(","));
        }
        return new Statement.Say(new SqlError(50000, severity, state, text, 1));
    }

    /** Digits only reach the kill; a variable or an expression is a mistake of syntax, as on a real server. */
    private static Statement kill(Cursor cursor) {
        boolean number = cursor.isKind(TokenKind.NUMBER) || cursor.peek().kind().isString();
        if (!number) {
            throw cursor.unexpected();
        }
        String spid = cursor.next().value();
        boolean statusOnly = cursor.skipWord("WITH");
        if (statusOnly) {
            cursor.word("STATUSONLY");
        }
        return new Kill(spid, statusOnly);
    }

    private static Duration delay(Cursor cursor) {
        try {
            return Duration.between(
                    LocalTime.MIDNIGHT, LocalTime.parse(cursor.string(), DateTimeFormatter.ofPattern("H:m[:s[.SSS]]")));
        } catch (DateTimeParseException e) {
            throw cursor.unexpected();
        }
    }

    private static List<Statement> declarations(Cursor cursor) {
        List<Statement> declared = new ArrayList<>();
        do {
            if (!cursor.isKind(TokenKind.VARIABLE)) {
                throw cursor.unexpected();
            }
            String variable = cursor.next().text();
            StringBuilder type = new StringBuilder(cursor.name());
            if (cursor.skipOperator("(")) {
                type.append('(').append(cursor.next().text()).append(')');
                cursor.operator(")");
            }
            declared.add(new Statement.Declare(variable, type.toString()));
        } while (cursor.skipOperator(","));
        return declared;
    }

    private static void skipStatement(Cursor cursor) {
        while (!cursor.isOpening()) {
            cursor.next();
        }
    }
}
