package dev.runbook.rule;

import dev.runbook.base.Diagnostic;
import dev.runbook.language.Runbook;
import dev.runbook.language.Texts;
import dev.runbook.language.Variable;
import dev.runbook.language.Written;
import java.util.List;
import java.util.stream.Stream;

/** A secret where it would be seen: in T-SQL, which the journal keeps, or in text for people. */
final class SecretShown extends Rule {
    SecretShown() {
        super(About.error("secret-shown", "A secret stands where people or the journal would see it.")
                .always()
                .because("T-SQL, paths and texts are printed, and kept in the journal. Parameters of procedures and"
                        + " cmdlets are bound as data and masked.")
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
                    """));
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        Stream<Diagnostic> shown = TagUse.of(runbook)
                .filter(use -> use.text().place() != TextUse.Place.PARAMETER)
                .filter(use -> use.variable().filter(SecretShown::isSecret).isPresent())
                .map(use ->
                        finding(use, "\"" + use.tag().head() + "\" is a secret. It may stand in parameters alone."));
        Stream<Diagnostic> written = runbook.variables().values().stream()
                .filter(SecretShown::isSecret)
                .flatMap(secret -> Stream.concat(secret.defaultValue().stream(), secret.example().stream()))
                .filter(Written.Scalar.class::isInstance)
                .flatMap(Texts::of)
                .map(text -> finding(
                        Diagnostic.Severity.WARNING,
                        text.origin(),
                        text.origin().span(),
                        "Whoever reads this file would know the secret. Delete it: a site says {prompt: true}, {file:"
                                + " …} or {environment: …}."));
        return Stream.concat(shown, written).toList();
    }

    private static boolean isSecret(Variable variable) {
        return variable.type() == Variable.Type.SECRET;
    }
}
