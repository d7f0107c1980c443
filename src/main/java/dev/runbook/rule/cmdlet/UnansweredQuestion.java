package dev.runbook.rule.cmdlet;

import dev.runbook.cmdlet.CmdletReference;
import dev.runbook.cmdlet.KnownCmdlet;
import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.Runbook;
import dev.runbook.rule.About;
import dev.runbook.rule.CmdletUse;
import dev.runbook.rule.Reach;
import dev.runbook.rule.Rule;
import java.util.List;

/**
 * A cmdlet that asks a question which switching confirmation off does not answer.
 *
 * @param reference the cmdlets that are known
 */
public record UnansweredQuestion(CmdletReference reference) implements Rule {
    private static final About ABOUT = About.warning(
                    "unanswered-question", "A cmdlet asks a question that only a switch of its own answers.")
            .reaching(Reach.SHELLS)
            .because(
                    "Confirmation is off, which answers most questions. Some cmdlets ask another one (ShouldContinue), and"
                            + " without a keyboard that is an error.")
            .bad("""
                    steps:
                      - step: 1
                        title: Fail over the Central Management Store
                        cmdlet: Invoke-CsManagementServerFailover
                        parameters: {BackupSqlServerFqdn: '{{backup_sql.host}}', BackupSqlInstanceName: '{{backup_sql.instance}}'}
                        retry: 2
                        rollback: {by-hand: fail it back}
                    """)
            .good("""
                    steps:
                      - step: 1
                        title: Fail over the Central Management Store
                        cmdlet: Invoke-CsManagementServerFailover
                        parameters:
                          BackupSqlServerFqdn: '{{backup_sql.host}}'
                          BackupSqlInstanceName: '{{backup_sql.instance}}'
                          Force: true
                        retry: 2
                        rollback: {by-hand: fail it back}
                    """);

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return CmdletUse.of(runbook)
                .flatMap(use -> reference.find(use.cmdlet().text()).flatMap(KnownCmdlet::asks).stream()
                        .filter(question -> question.when()
                                .map(use::key)
                                .map(key -> key.isPresent())
                                .orElse(true))
                        .filter(question -> use.key(question.answer()).isEmpty())
                        .map(question -> finding(
                                use.cmdlet().origin(),
                                "This asks a question of its own, and nobody is there to answer. Add "
                                        + question.answer() + ": true.")))
                .toList();
    }
}
