package dev.runbook.rule.sql;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.ActionSpec;
import dev.runbook.model.Runbook;
import dev.runbook.model.Text;
import dev.runbook.rule.About;
import dev.runbook.rule.Rule;
import dev.runbook.rule.Tasks;
import dev.runbook.tsql.Token;
import dev.runbook.tsql.Tokenizer;
import java.util.List;
import java.util.stream.Stream;

/** {@code GO}, which is a word of query windows and not of the server. */
public final class BatchSeparator implements Rule {
    private static final About ABOUT = About.error("batch-separator", "T-SQL holds GO.")
            .because(
                    "GO is a word of query windows. A server does not know it: after SELECT 1 it is a name for the column, after EXEC an argument.")
            .bad("""
                    steps:
                      - step: 1
                        title: Take mgc out of the mirror
                        server: backup_sql
                        sql: |
                          ALTER DATABASE [mgc] SET PARTNER OFF
                          GO
                        retry: 2
                        rollback: {by-hand: mirror mgc again}
                    """)
            .good("""
                    steps:
                      - step: 1
                        title: Take mgc out of the mirror
                        server: backup_sql
                        sql: |
                          ALTER DATABASE [mgc] SET PARTNER OFF
                        retry: 2
                        rollback: {by-hand: mirror mgc again}
                    """);

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return Tasks.actions(runbook)
                .filter(ActionSpec.Sql.class::isInstance)
                .map(action -> ((ActionSpec.Sql) action).sql())
                .flatMap(this::separators)
                .toList();
    }

    private Stream<Diagnostic> separators(Text sql) {
        return Tokenizer.tokens(sql.raw()).stream()
                .filter(token -> token.isWord("GO") && isAloneInItsLine(sql.raw(), token))
                .map(token -> Diagnostic.error(
                        sql.origin(),
                        sql.origin().span(token.start(), token.end()),
                        id(),
                        "The server does not know GO. A step is one batch: write two steps."));
    }

    private static boolean isAloneInItsLine(String sql, Token token) {
        int start = sql.lastIndexOf('\n', token.start()) + 1;
        int end = sql.indexOf('\n', token.end());
        return sql.substring(start, token.start()).isBlank()
                && sql.substring(token.end(), end < 0 ? sql.length() : end)
                        .strip()
                        .matches("\\d*");
    }
}
