package dev.runbook.rule;

import dev.runbook.base.Diagnostic;
import dev.runbook.language.Runbook;
import dev.runbook.language.Step;
import dev.runbook.language.Task;
import dev.runbook.language.Text;
import dev.runbook.tsql.Statement;
import dev.runbook.tsql.Token;
import dev.runbook.tsql.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Backups and restores that lose data or leave a database in the wrong state. */
final class BackupAndRestore {
    private BackupAndRestore() {}

    /** A RESTORE that leaves it to the server whether the database is recovered; it is. */
    static final class ImplicitRecovery extends Rule {
        ImplicitRecovery() {
            super(About.error("implicit-recovery", "A RESTORE says neither RECOVERY nor NORECOVERY nor STANDBY.")
                    .because("Without a word the server recovers the database, and no further log backup can ever be"
                            + " applied: a point of no return by omission.")
                    .bad("""
                        steps:
                          - step: 1
                            title: Apply the last log backup
                            server: backup_sql
                            sql: RESTORE LOG [mgc] FROM DISK = N'{{log_share}}\\mgc_tail.trn'
                            unsafe-to-cut-off: mgc stays in recovery until the same statement is run again
                            retry: 2
                            rollback: {not-needed: rolling forward loses nothing}
                        """)
                    .good("""
                        steps:
                          - step: 1
                            title: Apply the last log backup
                            server: backup_sql
                            sql: RESTORE LOG [mgc] FROM DISK = N'{{log_share}}\\mgc_tail.trn' WITH NORECOVERY
                            unsafe-to-cut-off: mgc stays in recovery until the same statement is run again
                            retry: 2
                            rollback: {not-needed: rolling forward loses nothing}
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return Tasks.Batches.ofActions(runbook).flatMap(this::findings).toList();
        }

        private Stream<Diagnostic> findings(Text sql) {
            return Statement.of(sql.raw()).stream()
                    .filter(restore -> restore.begins("RESTORE", "DATABASE") || restore.begins("RESTORE", "LOG"))
                    .filter(restore -> !restore.has("RECOVERY", "NORECOVERY", "STANDBY", "DATABASE_SNAPSHOT"))
                    .map(restore -> finding(
                            sql,
                            restore.first(),
                            restore.tokens().get(1),
                            "This brings the database online, and no further log backup can be applied. Say what is"
                                    + " meant: WITH NORECOVERY, WITH RECOVERY or WITH STANDBY."));
        }
    }

    /** T-SQL that cannot be taken back, in a step that says that nothing has to be, and that asks nobody. */
    static final class UnconfirmedLoss extends Rule {
        UnconfirmedLoss() {
            super(About.error(
                            "unconfirmed-loss",
                            "What cannot be taken back is said to need no way back, and nobody is asked.")
                    .because("RECOVERY ends the restoring of a database for good, REPLACE overwrites one, DROP deletes"
                            + " it, and a forced failover loses what was not sent yet. Such a step is a point of"
                            + " no return, and a person says yes to it.")
                    .bad("""
                        steps:
                          - step: 1
                            title: Drop the old copy
                            server: backup_sql
                            sql: DROP DATABASE [mgc_old]
                            retry: 2
                            rollback: {not-needed: nobody uses it}
                        """)
                    .good("""
                        steps:
                          - step: 1
                            title: Drop the old copy
                            confirm: {type: DROP, message: mgc_old is deleted with all that is in it.}
                            server: backup_sql
                            sql: DROP DATABASE [mgc_old]
                            retry: 2
                            rollback: {impossible: only a backup of it would bring it back}
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return runbook.steps().stream()
                    .filter(step -> step.confirm().isEmpty())
                    .filter(step -> step.rollback()
                            .filter(Step.Rollback.NotNeeded.class::isInstance)
                            .isPresent())
                    .flatMap(this::findings)
                    .toList();
        }

        private Stream<Diagnostic> findings(Step step) {
            return Tasks.Batches.of(step.task()).stream()
                    .flatMap(sql -> Statement.of(sql.raw()).stream()
                            .flatMap(statement -> loss(statement).map(what -> finding(sql, statement, what)).stream()));
        }

        private Diagnostic finding(Text sql, Statement statement, String what) {
            return finding(
                    sql,
                    statement.first(),
                    statement.tokens().get(statement.tokens().size() - 1),
                    what + " Write rollback: {impossible: why}, with a confirm that says what is lost.");
        }

        private static Optional<String> loss(Statement statement) {
            if (statement.begins("RESTORE") && statement.has("REPLACE")) {
                return Optional.of("This overwrites a database.");
            }
            if (statement.begins("RESTORE") && statement.has("RECOVERY")) {
                return Optional.of("Once the database is recovered, no further log backup can ever be applied.");
            }
            if (statement.begins("DROP", "DATABASE")
                    || statement.begins("DROP", "TABLE")
                    || statement.begins("TRUNCATE", "TABLE")) {
                return Optional.of("What is deleted here is gone.");
            }
            return statement.has("FORCE_SERVICE_ALLOW_DATA_LOSS", "FORCE_FAILOVER_ALLOW_DATA_LOSS")
                    ? Optional.of("What the other side had not sent yet is lost.")
                    : Optional.empty();
        }
    }

    /** A backup that goes back with REPLACE onto the server that it was taken from: the servers were swapped. */
    static final class ReplaceAtSource extends Rule {
        /** Where a backup came from: the variable of the server, and the file as written. */
        private record Origin(String server, String file, String step) {}

        ReplaceAtSource() {
            super(About.error(
                            "replace-at-source",
                            "RESTORE … REPLACE overwrites the database that the backup was just taken from.")
                    .because("REPLACE switches off the server's own checks. With the two servers swapped, what was"
                            + " written since the backup is gone. As a rollback it is allowed: there it is what is"
                            + " meant.")
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
                            unsafe-to-cut-off: mgc stays in recovery until the same statement is run again
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
                            unsafe-to-cut-off: mgc stays in recovery until the same statement is run again
                            retry: 2
                            rollback: {by-hand: restore the former backup}
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            List<Origin> taken = new ArrayList<>();
            List<Diagnostic> findings = new ArrayList<>();
            runbook.steps()
                    .forEach(step -> step.task()
                            .action()
                            .filter(Task.Action.Sql.class::isInstance)
                            .map(Task.Action.Sql.class::cast)
                            .ifPresent(sql -> Statement.of(sql.sql().raw()).forEach(statement -> {
                                backup(statement, sql, step.id().text()).ifPresent(taken::add);
                                restore(statement, sql, taken).ifPresent(findings::add);
                            })));
            return findings;
        }

        private static Optional<Origin> backup(Statement statement, Task.Action.Sql sql, String step) {
            return statement
                    .disk()
                    .filter(file -> statement.begins("BACKUP", "DATABASE"))
                    .map(file -> new Origin(sql.server().text(), file.value(), step));
        }

        private Optional<Diagnostic> restore(Statement statement, Task.Action.Sql sql, List<Origin> taken) {
            Optional<Token> file = statement
                    .disk()
                    .filter(disk -> statement.begins("RESTORE", "DATABASE") && statement.has("REPLACE"));
            return file.flatMap(disk -> taken.stream()
                    .filter(backup -> backup.server().equals(sql.server().text()))
                    .filter(backup -> backup.file().equalsIgnoreCase(disk.value()))
                    .findFirst()
                    .map(backup -> finding(
                            sql.server().origin(),
                            "This file is the backup that step " + backup.step()
                                    + " takes from the same server. REPLACE would overwrite the"
                                    + " database that it came from. Name the other server, or leave"
                                    + " REPLACE out.")));
        }
    }

    /** A BACKUP that is tried again, and would add a second set to the file. */
    static final class AppendingBackup extends Rule {
        AppendingBackup() {
            super(About.warning("appending-backup", "A BACKUP that may be run again says neither INIT nor FORMAT.")
                    .because("The server then adds a second set to the file, and a RESTORE without FILE takes the first"
                            + " one: the old one, or the one that was cut off. retry says that running it again does"
                            + " no harm.")
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
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return Tasks.of(runbook)
                    .filter(task -> task.retry().repeatable())
                    .flatMap(task -> Tasks.Batches.of(task).stream())
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
                            "A second attempt would add a second backup to the same file, and RESTORE would take the"
                                    + " first. Add INIT."));
        }
    }

    /** A time limit on BACKUP or RESTORE: a restore that is cut off leaves the database unusable (error 4319). */
    static final class CutOffBackup extends Rule {
        CutOffBackup() {
            super(About.warning("cut-off-backup", "A time limit stands on a BACKUP or RESTORE.")
                    .because("They take minutes or hours. A restore that is cut off leaves the database unusable until"
                            + " the same restore is run again (error 4319).")
                    .bad("""
                        steps:
                          - step: 1
                            title: Apply the last log backup
                            server: backup_sql
                            sql: RESTORE LOG [mgc] FROM DISK = N'{{log_share}}\\mgc_tail.trn' WITH NORECOVERY
                            unsafe-to-cut-off: mgc stays in recovery until the same statement is run again
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
                            unsafe-to-cut-off: mgc stays in recovery until the same statement is run again
                            retry: 2
                            rollback: {not-needed: rolling forward loses nothing}
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return runbook.steps().stream()
                    .map(Step::task)
                    .filter(task -> isLengthy(task) || task.unsafeToCutOff().isPresent())
                    .flatMap(task -> task.timeout().stream())
                    .map(timeout -> finding(
                            timeout.origin(),
                            "This would cut off a BACKUP or RESTORE, or what is unsafe-to-cut-off. A restore"
                                    + " that is cut off leaves the database unusable. Delete timeout: within says"
                                    + " how long to wait for done-when."))
                    .toList();
        }

        private static boolean isLengthy(Task task) {
            return task.action().stream()
                    .filter(Task.Action.Sql.class::isInstance)
                    .map(action -> ((Task.Action.Sql) action).sql().raw())
                    .flatMap(sql -> Tokenizer.significant(sql).stream())
                    .anyMatch(token -> token.isWord("BACKUP") || token.isWord("RESTORE"));
        }
    }

    /** A RESTORE of which nobody says what it costs to cut it off: a second Ctrl-C then ends it like anything else. */
    static final class UnmarkedRestore extends Rule {
        UnmarkedRestore() {
            super(About.hint("unmarked-restore", "A RESTORE does not say what it costs to cut it off.")
                    .because("A restore that is cut off leaves the database unusable. Where a step says so, somebody"
                            + " who presses Ctrl-C twice is asked first, and a signal without a terminal does not"
                            + " cut it off.")
                    .bad("""
                        steps:
                          - step: 1
                            title: Apply the last log backup
                            server: backup_sql
                            sql: RESTORE LOG [mgc] FROM DISK = N'{{log_share}}\\mgc_tail.trn' WITH NORECOVERY
                            retry: 2
                            rollback: {not-needed: rolling forward loses nothing}
                        """)
                    .good("""
                        steps:
                          - step: 1
                            title: Apply the last log backup
                            server: backup_sql
                            sql: RESTORE LOG [mgc] FROM DISK = N'{{log_share}}\\mgc_tail.trn' WITH NORECOVERY
                            unsafe-to-cut-off: mgc is unusable until this backup is restored again
                            retry: 2
                            rollback: {not-needed: rolling forward loses nothing}
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return Tasks.of(runbook)
                    .filter(task -> task.unsafeToCutOff().isEmpty())
                    .flatMap(task -> Tasks.Batches.of(task).stream())
                    .flatMap(this::findings)
                    .toList();
        }

        private Stream<Diagnostic> findings(Text sql) {
            return Statement.of(sql.raw()).stream()
                    .filter(restore -> restore.begins("RESTORE", "DATABASE") || restore.begins("RESTORE", "LOG"))
                    .map(restore -> finding(
                            sql,
                            restore.first(),
                            restore.tokens().get(1),
                            "Cut off in the middle, this leaves the database unusable. Add unsafe-to-cut-off with what"
                                    + " that costs, and nobody cuts it off without having been asked."))
                    .limit(1);
        }
    }
}
