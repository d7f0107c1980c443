package dev.runbook.rule.sql;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.Rollback;
import dev.runbook.model.Runbook;
import dev.runbook.model.Step;
import dev.runbook.model.Text;
import dev.runbook.rule.About;
import dev.runbook.rule.Batches;
import dev.runbook.rule.Rule;
import dev.runbook.tsql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** T-SQL that cannot be taken back, in a step that says that nothing has to be, and that asks nobody. */
public final class UnconfirmedLoss implements Rule {
    private static final About ABOUT = About.error(
                    "unconfirmed-loss", "What cannot be taken back is said to need no way back, and nobody is asked.")
            .because(
                    "RECOVERY ends the restoring of a database for good, REPLACE overwrites one, DROP deletes it, and a forced failover"
                            + " loses what was not sent yet. Such a step is a point of no return, and a person says yes to it.")
            .bad("""
                    steps:
                      - step: 1
                        title: Drop the old copy
                        server: backup_sql
                        sql: DROP DATABASE [mgc_old]
                        retry: 2
                        rollback: {not-needed: nobody uses it}
                    """)
            .good("""
                    steps:
                      - step: 1
                        title: Drop the old copy
                        confirm: {type: DROP, message: mgc_old is deleted with all that is in it.}
                        server: backup_sql
                        sql: DROP DATABASE [mgc_old]
                        retry: 2
                        rollback: {impossible: only a backup of it would bring it back}
                    """);

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return runbook.steps().stream()
                .filter(step -> step.confirm().isEmpty())
                .filter(step -> step.rollback()
                        .filter(Rollback.NotNeeded.class::isInstance)
                        .isPresent())
                .flatMap(this::findings)
                .toList();
    }

    private Stream<Diagnostic> findings(Step step) {
        return Batches.of(step.task()).stream()
                .flatMap(sql -> Statement.of(sql.raw()).stream()
                        .flatMap(statement -> loss(statement).map(what -> finding(sql, statement, what)).stream()));
    }

    private Diagnostic finding(Text sql, Statement statement, String what) {
        return finding(
                sql,
                statement.first(),
                statement.tokens().get(statement.tokens().size() - 1),
                what + " Write rollback: {impossible: why}, with a confirm that says what is lost.");
    }

    private static Optional<String> loss(Statement statement) {
        if (statement.begins("RESTORE") && statement.has("REPLACE")) {
            return Optional.of("This overwrites a database.");
        }
        if (statement.begins("RESTORE") && statement.has("RECOVERY")) {
            return Optional.of("Once the database is recovered, no further log backup can ever be applied.");
        }
        if (statement.begins("DROP", "DATABASE")
                || statement.begins("DROP", "TABLE")
                || statement.begins("TRUNCATE", "TABLE")) {
            return Optional.of("What is deleted here is gone.");
        }
        return statement.has("FORCE_SERVICE_ALLOW_DATA_LOSS", "FORCE_FAILOVER_ALLOW_DATA_LOSS")
                ? Optional.of("What the other side had not sent yet is lost.")
                : Optional.empty();
    }
}
