package dev.runbook.rule.tag;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.Runbook;
import dev.runbook.model.VariableType;
import dev.runbook.rule.About;
import dev.runbook.rule.Rule;
import dev.runbook.rule.TagUse;
import dev.runbook.rule.TextUse;
import dev.runbook.rule.TextUses;
import java.util.List;

/** A secret where it would be seen: in T-SQL, which the journal keeps, or in text for people. */
public final class SecretShown implements Rule {
    private static final About ABOUT = About.error(
                    "secret-shown", "A secret stands where people or the journal would see it.")
            .because(
                    "T-SQL, paths and texts are printed, and kept in the journal. Parameters of procedures and cmdlets are bound as data and masked.")
            .bad("""
                    variables:
                      backup_sql: {type: sql-server}
                      password: {type: secret}
                    steps:
                      - step: 1
                        title: Make a login
                        server: backup_sql
                        sql: CREATE LOGIN [chat] WITH PASSWORD = N'{{password}}'
                        retry: 2
                        rollback: {by-hand: drop the login}
                    """)
            .good("""
                    variables:
                      backup_sql: {type: sql-server}
                      password: {type: secret}
                    steps:
                      - step: 1
                        title: Make a login
                        server: backup_sql
                        procedure: master.dbo.sp_addlogin
                        parameters: {loginame: chat, passwd: '{{password}}'}
                        retry: 2
                        rollback: {by-hand: drop the login}
                    """);

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return TagUse.all(TextUses.of(runbook)).stream()
                .filter(use -> use.text().place() != TextUse.Place.DATA)
                .filter(use -> use.variable()
                        .filter(variable -> variable.type() == VariableType.SECRET)
                        .isPresent())
                .map(use ->
                        use.error(id(), "\"" + use.tag().head() + "\" is a secret. It may stand in parameters alone."))
                .toList();
    }
}
