package dev.runbook.rehearsal.sqlserver.reading;

import dev.runbook.rehearsal.sqlserver.statement.Statement;
import dev.runbook.rehearsal.sqlserver.statement.Statement.Call;
import dev.runbook.tsql.Token;
import dev.runbook.tsql.TokenKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Reads what follows EXEC. */
final class CallReader {
    private CallReader() {}

    static Statement read(Cursor cursor) {
        String result = "";
        if (cursor.isKind(TokenKind.VARIABLE)) {
            result = cursor.next().text();
            cursor.operator("=");
        }
        String procedure = cursor.qualifiedName();
        List<Call.Argument> arguments = new ArrayList<>();
        if (!cursor.isOpening()) {
            do {
                arguments.add(argument(cursor));
            } while (cursor.skipOperator(","));
        }
        return new Call(procedure, arguments, result);
    }

    private static Call.Argument argument(Cursor cursor) {
        String name = "";
        if (cursor.isKind(TokenKind.VARIABLE) && cursor.isFollowedBy("=")) {
            name = cursor.next().text().substring(1);
            cursor.operator("=");
        }
        Call.Operand value = operand(cursor);
        boolean output = cursor.skipWord("OUTPUT") || cursor.skipWord("OUT");
        return new Call.Argument(name, value, output);
    }

    private static Call.Operand operand(Cursor cursor) {
        if (cursor.skipOperator("-")) {
            return new Call.Operand.Literal(number(cursor).negate());
        }
        if (cursor.skipWord("NULL")) {
            return new Call.Operand.Literal(null);
        }
        if (cursor.skipWord("DEFAULT")) {
            return new Call.Operand.Omitted();
        }
        Token token = cursor.peek();
        return switch (token.kind()) {
            case NUMBER -> new Call.Operand.Literal(number(cursor));
            case VARIABLE -> new Call.Operand.Variable(cursor.next().text());
            case STRING, NATIONAL_STRING, WORD, BRACKETED, QUOTED ->
                new Call.Operand.Literal(cursor.next().value());
            case SPACE, OPERATOR, LINE_COMMENT, BLOCK_COMMENT, LOOKALIKE -> throw cursor.unexpected();
        };
    }

    private static BigDecimal number(Cursor cursor) {
        if (!cursor.isKind(TokenKind.NUMBER) || !cursor.peek().text().matches("\\d{1,38}(\\.\\d{0,10})?")) {
            throw cursor.unexpected();
        }
        return new BigDecimal(cursor.next().text());
    }
}
