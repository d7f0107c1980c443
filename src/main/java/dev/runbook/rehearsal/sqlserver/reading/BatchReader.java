package dev.runbook.rehearsal.sqlserver.reading;

import dev.runbook.rehearsal.sqlserver.statement.DropDatabase;
import dev.runbook.rehearsal.sqlserver.statement.Kill;
import dev.runbook.rehearsal.sqlserver.statement.Statement;
import dev.runbook.tsql.TokenKind;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
        if (first && !cursor.isOpening() && cursor.peek().isName() && !cursor.isWord("GO")) {
            return CallReader.read(cursor);
        }
        throw cursor.isWord("GO") ? cursor.unexpected() : cursor.unknown(start);
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
