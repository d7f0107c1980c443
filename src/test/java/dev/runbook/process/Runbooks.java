package dev.runbook.process;

/** Small runbooks, written for one ending each. */
final class Runbooks {
    /** A backup that is seen to be done, {@code %s} being its way back and what follows. */
    private static final String BACKUP = """
        runbook: small
        title: A small one
        variables:
          backup_sql:   {type: sql-server, description: the server}
          mirror_share: {type: path, description: where to}
          copies:       {type: number, description: how many, default: 1}
        steps:
          - step: 1
            title: A backup
            server: backup_sql
            sql: BACKUP DATABASE [mgccomp] TO DISK = N'{{mirror_share}}\\%s_{{run.stamp}}.bak' WITH INIT, NAME = N'{{run.id}}', STATS = 10
            done-when: %s
            rollback: %s
        %s
        facts:
          the backup is written:
            server: backup_sql
            sql: SELECT name FROM msdb.dbo.backupset WHERE name = N'{{run.id}}'
          nothing:
            server: backup_sql
            sql: SELECT name FROM sys.databases WHERE name = N'nothing'
        """;

    private static final String NOT_NEEDED = "{not-needed: it does no harm}";

    private Runbooks() {}

    /** It comes to its end. */
    static String good() {
        return BACKUP.formatted("one", "the backup is written", NOT_NEEDED, "");
    }

    /** The same with another title. */
    static String goodButChanged() {
        return good().replace("WITH INIT", "WITH INIT, CHECKSUM");
    }

    /** Nothing ever shows that its one step is done, and it may not be run again. */
    static String doubtful() {
        return BACKUP.formatted("doubt", "nothing", NOT_NEEDED, "")
                .replace("done-when: nothing", "done-when: nothing\n    within: 1s");
    }

    /** Its second step requires what is not so. */
    static String failing(String rollback) {
        return BACKUP.formatted("fail", "the backup is written", rollback, """
              - step: 2
                title: What cannot be
                require: nothing
            """);
    }

    /** The same, and it is not needed to take the first step back. */
    static String failing() {
        return failing(NOT_NEEDED);
    }

    /** Its first step requires what is not so. */
    static String failingAtOnce() {
        return """
            runbook: small
            title: A small one
            variables:
              backup_sql: {type: sql-server, description: the server}
            steps:
              - step: 1
                title: What cannot be
                require: nothing
            facts:
              nothing: {server: backup_sql, sql: SELECT name FROM sys.databases WHERE name = N'nothing'}
            """;
    }

    /** Those of {@link #twoBackups}, whose first step says what it costs to cut it off. */
    static String unsafeBackups() {
        return twoBackups()
                .replaceFirst("    retry: 2\n", "    retry: 2\n    unsafe-to-cut-off: half a backup is none\n");
    }

    /** Two backups, each of which takes as long as the estate says, and may be repeated. */
    static String twoBackups() {
        return """
            runbook: two-backups
            title: Two backups
            variables:
              backup_sql:   {type: sql-server, description: the server}
              mirror_share: {type: path, description: where to}
            steps:
              - step: 1
                title: The first
                server: backup_sql
                sql: BACKUP DATABASE [mgccomp] TO DISK = N'{{mirror_share}}\\one.bak' WITH INIT, NAME = N'{{run.id}} one', STATS = 10
                done-when: the first is written
                retry: 2
                rollback: {not-needed: it does no harm}
              - step: 2
                title: The second
                server: backup_sql
                sql: BACKUP DATABASE [mgccomp] TO DISK = N'{{mirror_share}}\\two.bak' WITH INIT, NAME = N'{{run.id}} two', STATS = 10
                done-when: the second is written
                retry: 2
                rollback: {not-needed: it does no harm}
            facts:
              the first is written:
                server: backup_sql
                sql: SELECT name FROM msdb.dbo.backupset WHERE name = N'{{run.id}} one'
              the second is written:
                server: backup_sql
                sql: SELECT name FROM msdb.dbo.backupset WHERE name = N'{{run.id}} two'
            """;
    }

    /** Two quick steps and one that fails; to take each of the two back takes as long as the estate says for a backup. */
    static String takenBack() {
        return """
            runbook: taken-back
            title: There and back
            variables:
              backup_sql:   {type: sql-server, description: the server}
              mirror_share: {type: path, description: where to}
            steps:
              - step: 1
                title: Switch off the copy job
                server: backup_sql
                procedure: msdb.dbo.sp_update_job
                parameters: {job_name: LSCopy_sqla_mgc, enabled: 0}
                retry: 2
                rollback:
                  server: backup_sql
                  sql: BACKUP DATABASE [mgccomp] TO DISK = N'{{mirror_share}}\\three.bak' WITH INIT, NAME = N'{{run.id}} three'
                  done-when: the third is written
              - step: 2
                title: Switch off the restore job
                server: backup_sql
                procedure: msdb.dbo.sp_update_job
                parameters: {job_name: LSRestore_sqla_mgc, enabled: 0}
                retry: 2
                rollback:
                  confirm: Shall it be taken back?
                  server: backup_sql
                  sql: BACKUP DATABASE [mgccomp] TO DISK = N'{{mirror_share}}\\four.bak' WITH INIT, NAME = N'{{run.id}} four'
                  done-when: the fourth is written
              - step: 3
                title: What cannot be
                require: nothing
            facts:
              the third is written:
                server: backup_sql
                sql: SELECT name FROM msdb.dbo.backupset WHERE name = N'{{run.id}} three'
              the fourth is written:
                server: backup_sql
                sql: SELECT name FROM msdb.dbo.backupset WHERE name = N'{{run.id}} four'
              nothing:
                server: backup_sql
                sql: SELECT name FROM sys.databases WHERE name = N'nothing'
            """;
    }

    /** It asks. */
    static String asking() {
        return """
            runbook: small
            title: A small one
            steps:
              - step: 1
                title: A question
                confirm: Shall it be?
            """;
    }

    /** It is none. */
    static String invalid() {
        return asking().replace("confirm:", "confrim:");
    }
}
