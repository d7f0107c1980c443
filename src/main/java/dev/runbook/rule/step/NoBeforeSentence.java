package dev.runbook.rule.step;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.Condition;
import dev.runbook.model.Runbook;
import dev.runbook.rule.About;
import dev.runbook.rule.Phrase;
import dev.runbook.rule.Rule;
import dev.runbook.rule.Tasks;
import java.util.List;

/** {@code no mgc is online}, which nobody would say. */
public final class NoBeforeSentence implements Rule {
    private static final About ABOUT = About.hint(
                    "no-before-sentence", "A condition puts no before a fact that is a sentence.")
            .because(
                    "Conditions are read aloud. no before a thing reads well (no connections to mgc); before a sentence it does"
                            + " not, and it is true as soon as one row is not as expected, which is seldom what is meant.")
            .bad("""
                    steps:
                      - {step: 1, title: Look, require: no mgc is online}
                    facts:
                      mgc is online:
                        server: backup_sql
                        sql: SELECT state_desc FROM sys.databases WHERE name = N'mgc'
                        expect: {state_desc: ONLINE}
                    """)
            .good("""
                    steps:
                      - {step: 1, title: Look, require: mgc is not online}
                    facts:
                      mgc is not online:
                        server: backup_sql
                        sql: SELECT state_desc FROM sys.databases WHERE name = N'mgc'
                        expect: {state_desc: {not: ONLINE}}
                    """);

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return Tasks.clauses(runbook)
                .filter(Condition.Clause::negated)
                .map(Condition.Clause::name)
                .filter(name -> runbook.facts().containsKey(name.text()) && Phrase.isSentence(name.text()))
                .map(name -> finding(
                        name.origin(),
                        "\"no " + name + "\" reads badly. Give the fact a name for a thing, or write one that says the"
                                + " opposite."))
                .toList();
    }
}
