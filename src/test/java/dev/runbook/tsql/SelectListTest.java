package dev.runbook.tsql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectListTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT name FROM sys.databases | name",
                "select d.name, d.state_desc as state from sys.databases d | name,state",
                "SELECT spid AS session_id, RTRIM(loginame) AS login FROM sys.sysprocesses | session_id,login",
                "SELECT COUNT(*) AS tables FROM mgc.sys.tables | tables",
                "SELECT (SELECT COUNT(DISTINCT f.x) FROM sys.master_files AS f WHERE f.a = 1) AS lsns, 1 AS one | lsns,one",
                "SELECT TOP 1 a FROM t | a",
                "SELECT DISTINCT TOP (1 + 2) PERCENT WITH TIES a, b FROM t | a,b",
                "WITH c AS (SELECT x FROM t), d AS (SELECT y FROM c) SELECT y AS z FROM d | z",
                "SELECT CAST(a AS nvarchar(128)) AS b, CASE WHEN a = 1 THEN N'x' ELSE N'y, z' END AS c FROM t | b,c",
                "SELECT a b, [c d], N'x' AS [e]]f], g = 1, 'h' FROM t | b,c d,e]f,g",
                "SELECT CASE a WHEN 1 THEN 2 END, NULL, a + b, COUNT(*), x FROM t | x",
                "SELECT @@SERVERNAME AS server_name | server_name",
                "SELECT a COLLATE Latin1_General_CI_AS, b FROM t | b",
                "SELECT {{each.n}} AS n, N'{{each.x}}' AS x WHERE 1 = {{each.n}} | n,x",
                "SELECT a FROM t UNION SELECT b FROM u | a",
                "SELECT /* AS q, */ a -- , b | a",
                "SELECT d.[recovery model] FROM sys.databases AS d; | recovery model",
            })
    void readsTheNamesOfColumns(String sql, String names) {
        assertThat(SelectList.columns(sql)).isPresent();
        assertThat(String.join(",", SelectList.columns(sql).orElseThrow())).isEqualTo(names);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM t",
                "SELECT a, t.* FROM t",
                "SELECT @x = 1",
                "SELECT",
                "SELECT a,",
                "EXEC sp_who2",
                "",
                "RESTORE",
                "RESTORE VERIFYONLY FROM DISK = N'x'",
                "WITH c AS (",
            })
    void doesNotGuess(String sql) {
        assertThat(SelectList.columns(sql)).isEmpty();
    }

    @Test
    void knowsWhatABackupTells() {
        assertThat(SelectList.columns("restore headeronly FROM DISK = N'x'").orElseThrow())
                .contains("Position", "LastLSN", "HasBackupChecksums");
        assertThat(SelectList.columns("RESTORE FILELISTONLY FROM DISK = N'x'").orElseThrow())
                .startsWith("LogicalName", "PhysicalName", "Type");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT name FROM t | name",
                "SELECT d.state_desc AS state FROM t d | state_desc",
                "SELECT sys.databases.[name] n FROM sys.databases | name",
                "SELECT COUNT(*) AS n FROM t | COUNT()",
                "SELECT COUNT(DISTINCT (a)) n FROM t | COUNT()",
                "SELECT @@SERVERNAME AS n | @@SERVERNAME",
                "RESTORE HEADERONLY FROM DISK = N'x' | BackupName"
            })
    void tellsWhatAColumnComesFrom(String sql, String from) {
        assertThat(SelectList.of(sql).orElseThrow().get(0).from()).contains(from);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SELECT a + 1 AS n FROM t", "SELECT (a) AS n FROM t", "SELECT f(a) + f(b) AS n", "SELECT 1 AS n"
            })
    void doesNotTellWhatIsReckoned(String sql) {
        assertThat(SelectList.of(sql).orElseThrow().get(0).from()).isEmpty();
    }
}
