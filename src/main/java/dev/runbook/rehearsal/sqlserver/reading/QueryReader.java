package dev.runbook.rehearsal.sqlserver.reading;

import dev.runbook.rehearsal.sqlserver.statement.Statement;
import dev.runbook.tsql.Token;
import dev.runbook.tsql.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads a SELECT or WITH to its end, without looking into it; and SELECT of variables. */
final class QueryReader {
    /** Words behind which SELECT goes on with the same query. */
    private static final Set<String> JOINERS = Set.of("UNION", "ALL", "EXCEPT", "INTERSECT");

    private QueryReader() {}

    static Statement read(Cursor cursor) {
        int start = cursor.offset();
        Token before = cursor.next();
        if (before.isWord("SELECT") && isLocal(cursor)) {
            return variables(cursor);
        }
        boolean common = before.isWord("WITH");
        int depth = 0;
        while (!cursor.atEnd() && (depth > 0 || !ends(cursor, before, common))) {
            before = cursor.next();
            if (before.isOperator("(")) {
                depth++;
            } else if (before.isOperator(")")) {
                depth--;
            }
        }
        return new Statement.Query(cursor.textFrom(start));
    }

    /** A common table expression has its SELECT behind a bracket; hints have WITH before one. */
    private static boolean ends(Cursor cursor, Token before, boolean common) {
        if (!cursor.isOpening() || cursor.isWord("WITH")) {
            return false;
        }
        if (cursor.isWord("SELECT")) {
            boolean joined = JOINERS.stream().anyMatch(before::isWord);
            return !joined && !(common && before.isOperator(")"));
        }
        return true;
    }

    private static Statement variables(Cursor cursor) {
        List<Statement.ShowVariables.Shown> shown = new ArrayList<>();
        do {
            if (!isLocal(cursor)) {
                throw cursor.unexpected();
            }
            String variable = cursor.next().text();
            boolean labelled = cursor.skipWord("AS") || !cursor.isOpening() && !cursor.isOperator(",");
            shown.add(new Statement.ShowVariables.Shown(variable, labelled ? cursor.name() : ""));
        } while (cursor.skipOperator(","));
        return new Statement.ShowVariables(shown);
    }

    private static boolean isLocal(Cursor cursor) {
        return cursor.isKind(TokenKind.VARIABLE) && !cursor.peek().text().startsWith("@@");
    }
}
