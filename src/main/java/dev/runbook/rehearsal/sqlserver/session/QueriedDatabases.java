package dev.runbook.rehearsal.sqlserver.session;

import dev.runbook.tsql.Token;
import dev.runbook.tsql.Tokenizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The databases that a query names as the first of three parts: {@code mgc.sys.tables}. */
final class QueriedDatabases {
    private QueriedDatabases() {}

    /** Names that may be databases; a column of a table of a schema looks the same. */
    static Set<String> of(String sql) {
        List<Token> tokens = Tokenizer.significant(sql);
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i + 3 < tokens.size(); i++) {
            boolean begins =
                    tokens.get(i).isName() && (i == 0 || !tokens.get(i - 1).isOperator("."));
            boolean empty =
                    tokens.get(i + 1).isOperator(".") && tokens.get(i + 2).isOperator(".");
            boolean third = i + 4 < tokens.size() && tokens.get(i + 3).isOperator(".");
            if (begins && tokens.get(i + 1).isOperator(".") && (empty || third)) {
                names.add(tokens.get(i).value());
            }
        }
        return names;
    }
}
