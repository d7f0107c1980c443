package dev.runbook.rule.sql;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.model.ActionSpec;
import dev.runbook.model.Runbook;
import dev.runbook.rule.About;
import dev.runbook.rule.Rule;
import dev.runbook.tsql.Statement;
import dev.runbook.tsql.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A backup that goes back with REPLACE onto the server that it was taken from: the servers were swapped. */
public final class ReplaceAtSource implements Rule {
    private static final About ABOUT = About.error(
                    "replace-at-source",
                    "RESTORE … REPLACE overwrites the database that the backup was just taken from.")
            .because(
                    "REPLACE switches off the server's own checks. With the two servers swapped, what was written since the"
                            + " backup is gone. As a rollback it is allowed: there it is what is meant.")
            .bad("""
                    steps:
                      - step: 1
                        title: Back up mgc
                        server: backup_sql
                        sql: BACKUP DATABASE [mgc] TO DISK = N'{{log_share}}\\mgc.bak' WITH INIT
                        retry: 2
                        rollback: {not-needed: the file does no harm}
                      - step: 2
                        title: Restore mgc
                        server: backup_sql
                        sql: RESTORE DATABASE [mgc] FROM DISK = N'{{log_share}}\\mgc.bak' WITH REPLACE, RECOVERY
                        retry: 2
                        rollback: {by-hand: restore the former backup}
                    """)
            .good("""
                    steps:
                      - step: 1
                        title: Back up mgc
                        server: backup_sql
                        sql: BACKUP DATABASE [mgc] TO DISK = N'{{log_share}}\\mgc.bak' WITH INIT
                        retry: 2
                        rollback: {not-needed: the file does no harm}
                      - step: 2
                        title: Restore mgc
                        server: primary_sql
                        sql: RESTORE DATABASE [mgc] FROM DISK = N'{{log_share}}\\mgc.bak' WITH REPLACE, RECOVERY
                        retry: 2
                        rollback: {by-hand: restore the former backup}
                    """);

    @Override
    public About about() {
        return ABOUT;
    }

    /** Where a backup came from: the variable of the server, and the file as written. */
    private record Origin(String server, String file, String step) {}

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        List<Origin> taken = new ArrayList<>();
        List<Diagnostic> findings = new ArrayList<>();
        runbook.steps()
                .forEach(step -> step.task()
                        .action()
                        .filter(ActionSpec.Sql.class::isInstance)
                        .map(ActionSpec.Sql.class::cast)
                        .ifPresent(sql -> Statement.of(sql.sql().raw()).forEach(statement -> {
                            backup(statement, sql, step.id().text()).ifPresent(taken::add);
                            restore(statement, sql, taken).ifPresent(findings::add);
                        })));
        return findings;
    }

    private static Optional<Origin> backup(Statement statement, ActionSpec.Sql sql, String step) {
        return statement
                .disk()
                .filter(file -> statement.begins("BACKUP", "DATABASE"))
                .map(file -> new Origin(sql.server().text(), file.value(), step));
    }

    private Optional<Diagnostic> restore(Statement statement, ActionSpec.Sql sql, List<Origin> taken) {
        Optional<Token> file =
                statement.disk().filter(disk -> statement.begins("RESTORE", "DATABASE") && statement.has("REPLACE"));
        return file.flatMap(
                disk -> taken.stream()
                        .filter(backup -> backup.server().equals(sql.server().text()))
                        .filter(backup -> backup.file().equalsIgnoreCase(disk.value()))
                        .findFirst()
                        .map(
                                backup -> finding(
                                        sql.server().origin(),
                                        "This file is the backup that step " + backup.step()
                                                + " takes from the same server. REPLACE would"
                                                + " overwrite the database that it came from. Name the other server, or leave REPLACE out.")));
    }
}
