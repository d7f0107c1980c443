package dev.runbook.rule.step;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.Runbook;
import dev.runbook.model.Step;
import dev.runbook.rule.About;
import dev.runbook.rule.Rule;
import java.util.List;

/** A point of no return at which nobody is asked. */
public final class UnconfirmedNoReturn implements Rule {
    private static final About ABOUT = About.error("unconfirmed", "A step that cannot be taken back asks nobody.")
            .because(
                    "rollback: {impossible: …} is the point of no return. Somebody has to see what will be lost, and to say"
                            + " yes by typing a word that says what happens.")
            .bad("""
                    steps:
                      - step: 4.2
                        title: Bring mgc online
                        server: backup_sql
                        sql: RESTORE DATABASE [mgc] WITH RECOVERY
                        retry: 2
                        rollback: {impossible: only a full restore would bring the old state back}
                    """)
            .good("""
                    steps:
                      - step: 4.2
                        title: Bring mgc online
                        confirm: {type: RECOVER, message: After this no further log backup can ever be applied.}
                        server: backup_sql
                        sql: RESTORE DATABASE [mgc] WITH RECOVERY
                        retry: 2
                        rollback: {impossible: only a full restore would bring the old state back}
                    """);

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return runbook.steps().stream()
                .filter(Step::isPointOfNoReturn)
                .filter(step -> step.confirm().isEmpty())
                .map(step -> finding(
                        step.id().origin(),
                        "Step " + step.id()
                                + " is a point of no return and asks nobody. Add confirm: {type: RECOVER,"
                                + " message: …}, with what will be lost, and a word to type that says what happens."))
                .toList();
    }
}
