package dev.runbook.rule.sql;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.Runbook;
import dev.runbook.model.Text;
import dev.runbook.rule.About;
import dev.runbook.rule.Batches;
import dev.runbook.rule.Rule;
import dev.runbook.rule.Tasks;
import dev.runbook.tsql.Statement;
import java.util.List;
import java.util.stream.Stream;

/** A BACKUP that is tried again, and would add a second set to the file. */
public final class AppendingBackup implements Rule {
    private static final About ABOUT = About.warning(
                    "appending-backup", "A BACKUP that may be run again says neither INIT nor FORMAT.")
            .because(
                    "The server then adds a second set to the file, and a RESTORE without FILE takes the first one: the old"
                            + " one, or the one that was cut off. retry says that running it again does no harm.")
            .bad("""
                    steps:
                      - step: 1
                        title: Back up mgc
                        server: backup_sql
                        sql: BACKUP DATABASE [mgc] TO DISK = N'{{log_share}}\\mgc_{{run.stamp}}.bak' WITH CHECKSUM
                        retry: 3
                        rollback: {not-needed: the file does no harm}
                    """)
            .good("""
                    steps:
                      - step: 1
                        title: Back up mgc
                        server: backup_sql
                        sql: BACKUP DATABASE [mgc] TO DISK = N'{{log_share}}\\mgc_{{run.stamp}}.bak' WITH INIT, CHECKSUM
                        retry: 3
                        rollback: {not-needed: the file does no harm}
                    """);

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return Tasks.of(runbook)
                .filter(task -> task.retry().repeatable())
                .flatMap(task -> Batches.of(task).stream())
                .flatMap(this::findings)
                .toList();
    }

    private Stream<Diagnostic> findings(Text sql) {
        return Statement.of(sql.raw()).stream()
                .filter(backup -> backup.begins("BACKUP", "DATABASE") || backup.begins("BACKUP", "LOG"))
                .filter(backup -> !backup.has("INIT", "FORMAT"))
                .map(backup -> finding(
                        sql,
                        backup.first(),
                        backup.tokens().get(1),
                        "A second attempt would add a second backup to the same file, and RESTORE would take the first. Add"
                                + " INIT."));
    }
}
