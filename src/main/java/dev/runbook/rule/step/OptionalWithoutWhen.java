package dev.runbook.rule.step;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Severity;
import dev.runbook.model.Condition;
import dev.runbook.model.Runbook;
import dev.runbook.model.Step;
import dev.runbook.model.Texts;
import dev.runbook.model.Variable;
import dev.runbook.model.VariableType;
import dev.runbook.rule.About;
import dev.runbook.rule.Rule;
import dev.runbook.rule.TagUse;
import dev.runbook.rule.TextUse;
import dev.runbook.rule.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An action that uses an optional value without asking whether it was given: without it the run stops at that step. A server
 * that was left out is no such case, for a step on it is skipped.
 */
public final class OptionalWithoutWhen implements Rule {
    private static final About ABOUT = About.warning(
                    "optional-without-when", "An action uses an optional value without asking whether it was given.")
            .because(
                    "Without the value the run would stop at this step. A server that was left out is no such case: its steps are skipped.")
            .bad("""
                    variables:
                      backup_sql: {type: sql-server}
                      job: {type: text, optional: true}
                    steps:
                      - step: 1
                        title: Switch the job off
                        server: backup_sql
                        procedure: msdb.dbo.sp_update_job
                        parameters: {job_name: '{{job}}', enabled: 0}
                        retry: 2
                        rollback: {by-hand: switch it on}
                    """)
            .good("""
                    variables:
                      backup_sql: {type: sql-server}
                      job: {type: text, optional: true}
                    steps:
                      - step: 1
                        title: Switch the job off
                        when: job
                        server: backup_sql
                        procedure: msdb.dbo.sp_update_job
                        parameters: {job_name: '{{job}}', enabled: 0}
                        retry: 2
                        rollback: {by-hand: switch it on}
                    """);

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        List<Diagnostic> findings = new ArrayList<>();
        for (Step step : runbook.steps()) {
            View view = new View(runbook, View.Owner.STEP, runbook.variables(), Map.of(), Optional.empty());
            step.task().action().stream()
                    .flatMap(Texts::of)
                    .flatMap(text -> new TextUse(text, TextUse.Place.DATA, view).tags().stream())
                    .filter(use -> use.variable()
                            .filter(OptionalWithoutWhen::mayBeAbsent)
                            .isPresent())
                    .filter(use -> !isAsked(step.when(), use.tag().head()))
                    .forEach(use -> findings.add(finding(use)));
        }
        return findings;
    }

    private static boolean mayBeAbsent(Variable variable) {
        return variable.optional() && variable.defaultValue().isEmpty() && variable.type() != VariableType.SQL_SERVER;
    }

    private static boolean isAsked(Condition when, String name) {
        return when.clauses().stream()
                .anyMatch(clause -> !clause.negated() && clause.name().text().equals(name));
    }

    private Diagnostic finding(TagUse use) {
        String name = use.tag().head();
        return use.finding(
                Severity.WARNING,
                id(),
                "\"" + name + "\" may be left out, and then the run stops here. Add \"when: " + name
                        + "\", or give it a default.");
    }
}
