package dev.runbook.rule.step;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Severity;
import dev.runbook.model.ActionSpec;
import dev.runbook.model.Runbook;
import dev.runbook.model.Text;
import dev.runbook.rule.Rule;
import dev.runbook.tsql.Token;
import dev.runbook.tsql.Tokenizer;
import java.util.List;
import java.util.Optional;

/** A time limit on BACKUP or RESTORE: a restore that is cut off leaves the database unusable (error 4319). */
public final class CutOffBackup implements Rule {
    @Override
    public String id() {
        return "cut-off-backup";
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return runbook.steps().stream()
                .filter(step -> step.task().timeout().isPresent())
                .flatMap(step -> step.task().action().stream())
                .filter(ActionSpec.Sql.class::isInstance)
                .map(action -> ((ActionSpec.Sql) action).sql())
                .flatMap(sql -> finding(sql).stream())
                .toList();
    }

    private Optional<Diagnostic> finding(Text sql) {
        List<Token> tokens = Tokenizer.significant(sql.raw());
        return tokens.stream()
                .findFirst()
                .filter(first -> first.isWord("BACKUP") || first.isWord("RESTORE"))
                .map(
                        first -> new Diagnostic(
                                sql.origin().source(),
                                sql.origin().span(first.start(), first.end()),
                                Severity.WARNING,
                                id(),
                                "A timeout would cut this off. A restore that is cut off leaves the database unusable. Delete timeout: within says how long to wait for done-when."));
    }
}
