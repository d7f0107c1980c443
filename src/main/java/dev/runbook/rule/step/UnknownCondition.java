package dev.runbook.rule.step;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Suggestion;
import dev.runbook.model.Name;
import dev.runbook.model.Runbook;
import dev.runbook.model.Variable;
import dev.runbook.model.VariableType;
import dev.runbook.rule.About;
import dev.runbook.rule.Reach;
import dev.runbook.rule.Rule;
import dev.runbook.rule.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A condition that names something which can be neither true nor false. */
public final class UnknownCondition implements Rule {
    private static final About ABOUT = About.error(
                    "unknown-condition", "A condition names something that can be neither true nor false.")
            .reaching(Reach.NAMES)
            .always()
            .because(
                    "when, require and done-when ask facts, boolean variables and optional variables. A misspelt name would stop the run.")
            .bad("""
                    steps:
                      - step: 1
                        title: See that mgc is online
                        when: mgc is online
                        require: mgc is on-line
                    facts:
                      mgc is online:
                        server: backup_sql
                        sql: SELECT state_desc FROM sys.databases WHERE name = N'mgc'
                        expect: {state_desc: ONLINE}
                    """)
            .good("""
                    steps:
                      - step: 1
                        title: See that mgc is online
                        require: mgc is online
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
        return Tasks.clauses(runbook)
                .map(clause -> clause.name())
                .filter(name -> !name.text().isEmpty())
                .flatMap(name -> problem(name, runbook).map(message -> finding(name.origin(), message)).stream())
                .toList();
    }

    private static Optional<String> problem(Name name, Runbook runbook) {
        if (runbook.facts().containsKey(name.text())) {
            return Optional.empty();
        }
        Variable variable = runbook.variables().get(name.text());
        if (variable == null) {
            List<String> known = new ArrayList<>(runbook.facts().keySet());
            known.addAll(runbook.variables().keySet());
            return Optional.of("There is no fact \"" + name + "\"." + Suggestion.didYouMean(name.text(), known));
        }
        boolean truth = variable.type() == VariableType.BOOLEAN || variable.optional();
        return truth
                ? Optional.empty()
                : Optional.of(
                        "The variable \"" + name + "\" is of type "
                                + variable.type().word()
                                + " and not optional, so it can be neither true nor false. Name a fact, a boolean variable or an optional one.");
    }
}
