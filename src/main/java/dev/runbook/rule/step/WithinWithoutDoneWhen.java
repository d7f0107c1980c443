package dev.runbook.rule.step;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.Runbook;
import dev.runbook.rule.About;
import dev.runbook.rule.Rule;
import dev.runbook.rule.Tasks;
import java.util.List;

/** {@code within} where nothing is asked. */
public final class WithinWithoutDoneWhen implements Rule {
    private static final About ABOUT = About.warning(
                    "within-without-done-when", "within stands where no done-when does.")
            .because(
                    "within says how long done-when is asked. It limits nothing else: who wants to cut an action off writes"
                            + " timeout.")
            .bad("""
                    steps:
                      - step: 1
                        title: Take mgc out of its mirror
                        server: backup_sql
                        sql: ALTER DATABASE [mgc] SET PARTNER OFF
                        within: 5m
                        retry: 2
                        rollback: {by-hand: mirror it again}
                    """)
            .good("""
                    steps:
                      - step: 1
                        title: Take mgc out of its mirror
                        server: backup_sql
                        sql: ALTER DATABASE [mgc] SET PARTNER OFF
                        retry: 2
                        rollback: {by-hand: mirror it again}
                    """);

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return Tasks.of(runbook)
                .filter(task -> task.doneWhen().isEmpty())
                .flatMap(task -> task.within().stream())
                .map(within -> finding(
                        within.origin(),
                        "Nothing is asked here, so there is nothing to wait for. Add done-when, or delete within."))
                .toList();
    }
}
