package dev.runbook.rule.fact;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Suggestion;
import dev.runbook.model.Expectation;
import dev.runbook.model.Fact;
import dev.runbook.model.Name;
import dev.runbook.model.Runbook;
import dev.runbook.rule.About;
import dev.runbook.rule.Columns;
import dev.runbook.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code where}, {@code expect} or {@code order-by} with a column that the rows cannot have; two columns of one name. */
public final class UnknownMatchedColumn implements Rule {
    private static final About ABOUT = About.error(
                    "fact-column",
                    "where, expect or order-by names a column that the rows do not have, or the rows have one twice.")
            .always()
            .because(
                    "The columns of a query stand in its SELECT list. A fact that looks at another one could never be answered.")
            .bad("""
                    facts:
                      mgc is online:
                        server: backup_sql
                        sql: SELECT state_desc FROM sys.databases WHERE name = N'mgc'
                        expect: {state: ONLINE}
                    """)
            .good("""
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
        for (Fact fact : runbook.facts().values()) {
            Columns.of(runbook, fact.name().text()).ifPresent(columns -> {
                named(fact).forEach(name -> unknown(name, columns).ifPresent(findings::add));
                twice(fact, columns).ifPresent(findings::add);
            });
        }
        return findings;
    }

    private static Stream<Name> named(Fact fact) {
        return Stream.concat(
                Stream.of(fact.where(), fact.expect())
                        .flatMap(expectation -> expectation.columns().stream())
                        .map(Expectation.Column::name),
                fact.orderBy().stream());
    }

    private Optional<Diagnostic> unknown(Name name, List<String> columns) {
        if (name.text().isEmpty() || columns.stream().anyMatch(name.text()::equalsIgnoreCase)) {
            return Optional.empty();
        }
        String advice = Suggestion.nearest(name.text(), columns)
                .map(near -> "Did you mean \"" + near + "\"?")
                .orElse("The columns are " + String.join(", ", columns) + ".");
        return Optional.of(finding(name.origin(), "The rows have no column \"" + name + "\". " + advice));
    }

    private Optional<Diagnostic> twice(Fact fact, List<String> columns) {
        return columns.stream()
                .filter(column ->
                        columns.stream().filter(column::equalsIgnoreCase).count() > 1)
                .findFirst()
                .map(column -> finding(
                        fact.name().origin(),
                        "The rows have two columns \"" + column + "\". Give one another name with AS."));
    }
}
