package dev.runbook.rule.step;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.ActionSpec;
import dev.runbook.model.Runbook;
import dev.runbook.model.Step;
import dev.runbook.rule.About;
import dev.runbook.rule.Rule;
import java.util.List;

/** An action after which nobody can see whether it was done, and that may not be run again: after a crash it stays in doubt. */
public final class UnseenAction implements Rule {
    private static final About ABOUT = About.error(
                    "unseen-action", "Nothing shows whether an action is done, and it may not be run again.")
            .because(
                    "After a crash nobody would know whether it happened: the step would stay in doubt until a person decides.")
            .bad("""
                    steps:
                      - step: 1
                        title: Take mgc out of the mirror
                        server: backup_sql
                        sql: ALTER DATABASE [mgc] SET PARTNER OFF
                        rollback: {by-hand: mirror mgc again}
                    """)
            .good("""
                    steps:
                      - step: 1
                        title: Take mgc out of the mirror
                        server: backup_sql
                        sql: ALTER DATABASE [mgc] SET PARTNER OFF
                        done-when: no mirroring of mgc
                        rollback: {by-hand: mirror mgc again}
                    facts:
                      mirroring of mgc:
                        server: backup_sql
                        sql: SELECT mirroring_guid FROM sys.database_mirroring WHERE database_id = DB_ID(N'mgc') AND mirroring_guid IS NOT NULL
                    """);

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return runbook.steps().stream()
                .filter(UnseenAction::isUnseen)
                .map(step -> finding(
                        step.id().origin(),
                        "Nothing shows whether step " + step.id()
                                + " is done. Add done-when with a fact that shows it, or retry with"
                                + " two attempts or more if running it again does no harm."))
                .toList();
    }

    /** Copying knows by itself when it is done. */
    private static boolean isUnseen(Step step) {
        boolean knows = step.task()
                .action()
                .filter(ActionSpec.CopyFiles.class::isInstance)
                .isPresent();
        return step.hasAction()
                && !knows
                && step.task().doneWhen().isEmpty()
                && !step.task().retry().repeatable();
    }
}
