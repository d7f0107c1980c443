package dev.runbook.rule.sql;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.Runbook;
import dev.runbook.model.Text;
import dev.runbook.rule.About;
import dev.runbook.rule.Batches;
import dev.runbook.rule.Rule;
import dev.runbook.tsql.Statement;
import java.util.List;
import java.util.stream.Stream;

/** Two statements in one step, which could succeed and fail one by one. */
public final class SeveralStatements implements Rule {
    private static final About ABOUT = About.warning(
                    "several-statements", "The T-SQL of a step holds several statements.")
            .because(
                    "If the second fails, the first has happened: a retry would do it again, and done-when cannot tell how far"
                            + " it went. What DECLARE, SET or IF begins belongs together and is left alone.")
            .bad("""
                    steps:
                      - step: 1
                        title: Take both databases out of their mirrors
                        server: backup_sql
                        sql: |
                          ALTER DATABASE [mgc] SET PARTNER OFF
                          ALTER DATABASE [mgccomp] SET PARTNER OFF
                        retry: 2
                        rollback: {by-hand: mirror both again}
                    """)
            .good("""
                    steps:
                      - step: 1
                        title: Take mgc out of its mirror
                        server: backup_sql
                        sql: ALTER DATABASE [mgc] SET PARTNER OFF
                        retry: 2
                        rollback: {by-hand: mirror it again}
                      - step: 2
                        title: Take mgccomp out of its mirror
                        server: backup_sql
                        sql: ALTER DATABASE [mgccomp] SET PARTNER OFF
                        retry: 2
                        rollback: {by-hand: mirror it again}
                    """);

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return Batches.ofActions(runbook).flatMap(this::finding).toList();
    }

    private Stream<Diagnostic> finding(Text sql) {
        List<Statement> statements = Statement.of(sql.raw());
        return statements.size() < 2 || belongTogether(statements.get(0))
                ? Stream.empty()
                : Stream.of(
                        finding(
                                sql,
                                statements.get(1).first(),
                                "A second statement begins here. Write a step of its own for it, with its own done-when and rollback."));
    }

    private static boolean belongTogether(Statement first) {
        return Stream.of("DECLARE", "SET", "IF", "WHILE", "BEGIN").anyMatch(first::begins);
    }
}
