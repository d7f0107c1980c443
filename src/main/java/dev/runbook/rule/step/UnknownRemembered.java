package dev.runbook.rule.step;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Suggestion;
import dev.runbook.model.Name;
import dev.runbook.model.Runbook;
import dev.runbook.model.Step;
import dev.runbook.rule.About;
import dev.runbook.rule.Reach;
import dev.runbook.rule.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A remembered name behind which is no fact, or that is taken already. */
public final class UnknownRemembered implements Rule {
    private static final About ABOUT = About.error(
                    "remember", "A remembered name has no fact behind it, or is taken already.")
            .reaching(Reach.NAMES)
            .always()
            .because(
                    "What is remembered is fixed for the rest of the run. A name that could mean two things would mean the wrong one.")
            .bad("""
                    steps:
                      - step: 1
                        title: Note the state
                        require: mgc is online
                        remember: {state: mgc was online}
                    facts:
                      mgc is online:
                        server: backup_sql
                        sql: SELECT state_desc FROM sys.databases WHERE name = N'mgc'
                        expect: {state_desc: ONLINE}
                    """)
            .good("""
                    steps:
                      - step: 1
                        title: Note the state
                        remember: {state: mgc is online}
                    facts:
                      mgc is online:
                        server: backup_sql
                        sql: SELECT state_desc FROM sys.databases WHERE name = N'mgc'
                        expect: {state_desc: ONLINE}
                    """);

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        List<Diagnostic> findings = new ArrayList<>();
        Map<String, Step> taken = new HashMap<>();
        for (Step step : runbook.steps()) {
            step.remember().forEach((name, fact) -> {
                if (!fact.text().isEmpty() && !runbook.facts().containsKey(fact.text())) {
                    findings.add(error(
                            fact,
                            "There is no fact \"" + fact + "\"."
                                    + Suggestion.didYouMean(
                                            fact.text(), runbook.facts().keySet())));
                }
                if (runbook.variables().containsKey(name)) {
                    findings.add(error(
                            fact, "\"" + name + "\" is a variable. Choose another name to remember the rows by."));
                }
                Step first = taken.putIfAbsent(name, step);
                if (first != null) {
                    findings.add(error(
                            fact,
                            "Step " + first.id() + " remembers something as \"" + name
                                    + "\" already. Choose another name."));
                }
            });
        }
        return findings;
    }

    private Diagnostic error(Name fact, String message) {
        return finding(fact.origin(), message);
    }
}
