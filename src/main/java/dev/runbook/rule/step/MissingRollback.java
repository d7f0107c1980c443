package dev.runbook.rule.step;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.Runbook;
import dev.runbook.rule.About;
import dev.runbook.rule.Rule;
import java.util.List;

/** An action of which nobody has said how it is taken back. */
public final class MissingRollback implements Rule {
    private static final About ABOUT = About.error("missing-rollback", "An action does not say how it is taken back.")
            .always()
            .because(
                    "Whoever wants to go back at three in the morning has to know whether that is possible, and how. Nobody finds out then.")
            .bad("""
                    steps:
                      - step: 1
                        title: Take mgc out of the mirror
                        server: backup_sql
                        sql: ALTER DATABASE [mgc] SET PARTNER OFF
                        retry: 2
                    """)
            .good("""
                    steps:
                      - step: 1
                        title: Take mgc out of the mirror
                        server: backup_sql
                        sql: ALTER DATABASE [mgc] SET PARTNER OFF
                        retry: 2
                        rollback: {by-hand: mirror mgc again}
                    """);

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return runbook.steps().stream()
                .filter(step -> step.hasAction() && step.rollback().isEmpty())
                .map(step -> finding(
                        step.id().origin(),
                        "Step " + step.id()
                                + " changes something, and does not say how that is taken back. Add rollback: an action,"
                                + " {not-needed: why}, {by-hand: what to do} or {impossible: why}."))
                .toList();
    }
}
