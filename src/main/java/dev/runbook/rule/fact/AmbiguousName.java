package dev.runbook.rule.fact;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.Runbook;
import dev.runbook.rule.About;
import dev.runbook.rule.Rule;
import java.util.List;

/** A fact and a variable of one name: a condition could mean either. */
public final class AmbiguousName implements Rule {
    private static final About ABOUT = About.error("ambiguous-name", "A fact and a variable have one name.")
            .always()
            .because("A condition that names it could mean either.")
            .bad("""
                    variables:
                      mirrored: {type: boolean, default: true}
                      backup_sql: {type: sql-server}
                    facts:
                      mirrored:
                        server: backup_sql
                        sql: SELECT name FROM sys.databases WHERE name = N'mgc'
                    """)
            .good("""
                    variables:
                      mirrored: {type: boolean, default: true}
                      backup_sql: {type: sql-server}
                    steps:
                      - {step: 1, title: Look, when: mirrored, require: mgc is there}
                    facts:
                      mgc is there:
                        server: backup_sql
                        sql: SELECT name FROM sys.databases WHERE name = N'mgc'
                    """);

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return runbook.facts().values().stream()
                .map(fact -> fact.name())
                .filter(name -> runbook.variables().containsKey(name.text()))
                .map(name ->
                        finding(name.origin(), "There is a variable \"" + name + "\" too. Give the fact another name."))
                .toList();
    }
}
