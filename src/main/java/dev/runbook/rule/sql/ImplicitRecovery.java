package dev.runbook.rule.sql;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.Runbook;
import dev.runbook.model.Text;
import dev.runbook.rule.About;
import dev.runbook.rule.Batches;
import dev.runbook.rule.Rule;
import dev.runbook.tsql.Statement;
import java.util.List;
import java.util.stream.Stream;

/** A RESTORE that leaves it to the server whether the database is recovered; it is. */
public final class ImplicitRecovery implements Rule {
    private static final About ABOUT = About.error(
                    "implicit-recovery", "A RESTORE says neither RECOVERY nor NORECOVERY nor STANDBY.")
            .because(
                    "Without a word the server recovers the database, and no further log backup can ever be applied: a point"
                            + " of no return by omission.")
            .bad("""
                    steps:
                      - step: 1
                        title: Apply the last log backup
                        server: backup_sql
                        sql: RESTORE LOG [mgc] FROM DISK = N'{{log_share}}\\mgc_tail.trn'
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
        return Batches.ofActions(runbook).flatMap(this::findings).toList();
    }

    private Stream<Diagnostic> findings(Text sql) {
        return Statement.of(sql.raw()).stream()
                .filter(restore -> restore.begins("RESTORE", "DATABASE") || restore.begins("RESTORE", "LOG"))
                .filter(restore -> !restore.has("RECOVERY", "NORECOVERY", "STANDBY", "DATABASE_SNAPSHOT"))
                .map(restore -> finding(
                        sql,
                        restore.first(),
                        restore.tokens().get(1),
                        "This brings the database online, and no further log backup can be applied. Say what is meant: WITH"
                                + " NORECOVERY, WITH RECOVERY or WITH STANDBY."));
    }
}
