package dev.runbook.tsql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "RESTORE DATABASE mgc WITH RECOVERY",
                "RESTORE DATABASE mgc WITH RECOVERY;",
                "ALTER DATABASE [mgc] SET SINGLE_USER WITH ROLLBACK IMMEDIATE",
                "ALTER DATABASE [mgc] SET PARTNER OFF",
                "SELECT a FROM b UNION ALL SELECT c FROM d",
                "SELECT a FROM b WHERE EXISTS (SELECT 1 FROM c)",
                "SELECT CASE WHEN a = 1 THEN 2 END FROM b",
                "WITH x AS (SELECT 1 AS a) SELECT a FROM x",
                "WITH x AS (SELECT 1 AS a), y AS (SELECT 2 AS b) INSERT INTO t SELECT a FROM x",
                "INSERT INTO t SELECT a FROM b",
                "INSERT INTO t EXEC sp_who2",
                "INSERT INTO t VALUES (1)",
                "UPDATE t SET a = 1 WHERE b = 2",
                "DELETE FROM t WHERE a = 1",
                "MERGE t USING s ON t.a = s.a WHEN MATCHED THEN UPDATE SET b = 1 WHEN NOT MATCHED THEN INSERT VALUES (1)",
                "GRANT SELECT, INSERT ON t TO chat",
                "EXEC msdb.dbo.sp_update_job @job_name = N'x', @enabled = 0",
                "KILL {{each.session_id}}",
                "KILL 57 WITH STATUSONLY",
                "IF EXISTS (SELECT 1 FROM t) ALTER DATABASE [mgc] SET PARTNER OFF",
                "DECLARE @rc int; EXEC @rc = sp_x; IF @rc <> 0 RAISERROR (N'x', 16, 1)",
                "BEGIN TRY RESTORE LOG a FROM DISK = N'b' WITH NORECOVERY END TRY BEGIN CATCH PRINT 1 END CATCH",
                "CREATE TABLE t (a int REFERENCES u (a) ON DELETE CASCADE ON UPDATE CASCADE)",
                "CREATE PROCEDURE p AS SELECT 1 SELECT 2",
                "SELECT a AS [SELECT], b AS \"KILL\" FROM t -- SELECT 2",
                "BACKUP DATABASE [mgc] TO DISK = N'x' WITH FORMAT, INIT, NAME = N'; KILL 57'"
            })
    void oneStatementIsOne(String sql) {
        assertThat(Statement.of(sql)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "KILL 57 KILL 58",
                "KILL 57; KILL 58",
                "SELECT 1 SELECT 2",
                "BACKUP DATABASE mgc TO DISK = N'x' RESTORE VERIFYONLY FROM DISK = N'x'",
                "ALTER DATABASE [mgc] SET PARTNER OFF ALTER DATABASE [mgccomp] SET PARTNER OFF",
                "USE master RESTORE DATABASE mgc WITH RECOVERY",
                "WITH x AS (SELECT 1 AS a) SELECT a FROM x SELECT 2",
                "INSERT INTO t VALUES (1) SELECT 2",
                "SET LOCK_TIMEOUT 5000; DROP DATABASE mgc"
            })
    void twoStatementsAreTwoWithOrWithoutSemicolon(String sql) {
        assertThat(Statement.of(sql)).hasSize(2);
    }

    @Test
    void nothingIsNoStatement() {
        assertThat(Statement.of(" -- nothing\n;;")).isEqualTo(List.of());
    }

    @Test
    void knowsItsWordsAndItsFile() {
        Statement restore = Statement.of("RESTORE LOG [mgc] FROM DISK = N'{{x}}\\y.trn' WITH NORECOVERY")
                .get(0);
        assertThat(restore.begins("RESTORE", "LOG")).isTrue();
        assertThat(restore.begins("RESTORE", "DATABASE")).isFalse();
        assertThat(restore.has("RECOVERY", "NORECOVERY")).isTrue();
        assertThat(restore.disk().orElseThrow().value()).isEqualTo("{{x}}\\y.trn");
    }
}
