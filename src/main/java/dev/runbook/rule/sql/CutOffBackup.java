package dev.runbook.rule.sql;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.ActionSpec;
import dev.runbook.model.Runbook;
import dev.runbook.model.Step;
import dev.runbook.model.Task;
import dev.runbook.rule.About;
import dev.runbook.rule.Rule;
import dev.runbook.tsql.Tokenizer;
import java.util.List;

/** A time limit on BACKUP or RESTORE: a restore that is cut off leaves the database unusable (error 4319). */
public final class CutOffBackup implements Rule {
    private static final About ABOUT = About.warning("cut-off-backup", "A time limit stands on a BACKUP or RESTORE.")
            .because(
                    "They take minutes or hours. A restore that is cut off leaves the database unusable until the same restore is run again (error 4319).")
            .bad("""
                    steps:
                      - step: 1
                        title: Apply the last log backup
                        server: backup_sql
                        sql: RESTORE LOG [mgc] FROM DISK = N'{{log_share}}\\mgc_tail.trn' WITH NORECOVERY
                        timeout: 10m
                        retry: 2
                        rollback: {not-needed: rolling forward loses nothing}
                    """)
            .good("""
                    steps:
                      - step: 1
                        title: Apply the last log backup
                        server: backup_sql
                        sql: RESTORE LOG [mgc] FROM DISK = N'{{log_share}}\\mgc_tail.trn' WITH NORECOVERY
                        retry: 2
                        rollback: {not-needed: rolling forward loses nothing}
                    """);

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return runbook.steps().stream()
                .map(Step::task)
                .filter(task -> isLengthy(task) || task.unsafeToCutOff().isPresent())
                .flatMap(task -> task.timeout().stream())
                .map(
                        timeout -> finding(
                                timeout.origin(),
                                "This would cut off a BACKUP or RESTORE, or what is unsafe-to-cut-off. A restore that is cut off leaves the database unusable. Delete timeout: within says how long to wait for done-when."))
                .toList();
    }

    private static boolean isLengthy(Task task) {
        return task.action().stream()
                .filter(ActionSpec.Sql.class::isInstance)
                .map(action -> ((ActionSpec.Sql) action).sql().raw())
                .flatMap(sql -> Tokenizer.significant(sql).stream())
                .anyMatch(token -> token.isWord("BACKUP") || token.isWord("RESTORE"));
    }
}
