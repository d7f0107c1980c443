package dev.runbook.rehearsal.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.rehearsal.model.BackupSet;
import dev.runbook.rehearsal.server.Statement.Call;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchReaderTest {
    @Test
    void readsAllOfARestore() {
        assertThat(one("restore database [mg]]c] from disk = N'\\\\fs1\\it''s.bak' with file = 2,"
                        + " move N'Data' to N'D:\\d.mdf', REPLACE, recovery, checksum, nounload, STATS /* 10 */;"))
                .isEqualTo(new Restore(
                        BackupSet.Type.FULL,
                        "mg]c",
                        "\\\\fs1\\it's.bak",
                        new Restore.Options(2, Map.of("data", "D:\\d.mdf"), true, Restore.Ending.RECOVERY, true, 10)));
    }

    @Test
    void readsAllOfABackup() {
        assertThat(one("BACKUP LOG mgc TO DISK = N'x.trn' WITH NAME = N'n', DESCRIPTION = 'd', INIT,"
                        + " COPY_ONLY, STATS = 5"))
                .isEqualTo(new Backup(
                        BackupSet.Type.LOG,
                        "mgc",
                        "x.trn",
                        new Backup.Options(new BackupSet.Label("n", "d"), true, false, true, false, 5)));
    }

    @Test
    void readsACall() {
        assertThat(one("EXECUTE @rc = [master]..sp_x N'mgc', @a = -1.5, @b = @P0 OUTPUT, @c = NULL, @d ="
                        + " bare, @e = DEFAULT"))
                .isEqualTo(new Call(
                        "master..sp_x",
                        List.of(
                                new Call.Argument("", new Call.Operand.Literal("mgc"), false),
                                new Call.Argument("a", new Call.Operand.Literal(new BigDecimal("-1.5")), false),
                                new Call.Argument("b", new Call.Operand.Variable("@P0"), true),
                                new Call.Argument("c", new Call.Operand.Literal(null), false),
                                new Call.Argument("d", new Call.Operand.Literal("bare"), false),
                                new Call.Argument("e", new Call.Operand.Omitted(), false)),
                        "@rc"));
    }

    @Test
    void tellsStatementsApartWithoutSemicolons() {
        assertThat(statements("KILL 57 KILL 58\nRESTORE DATABASE mgc WITH RECOVERY"))
                .containsExactly(
                        new Statement.Kill("57", false), new Statement.Kill("58", false), new Restore.Recover("mgc"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1 AS a UNION ALL SELECT 2",
                "WITH x AS (SELECT 1 AS a), y AS (SELECT 2 AS a) SELECT a FROM x",
                "SELECT name FROM sys.databases WITH (NOLOCK) WHERE name IN (SELECT name FROM x)",
                "SELECT 'it''s; KILL 57' AS text -- KILL 58",
                "SELECT @@SERVERNAME AS server_name"
            })
    void keepsAQueryWhole(String sql) {
        assertThat(one(sql)).isEqualTo(new Statement.Query(sql.replaceAll(" --.*", "")));
    }

    @Test
    void endsAQueryWhereTheNextStatementBegins() {
        assertThat(statements(
                        "SELECT a FROM x WHERE b = 1 SELECT c FROM y EXEC sp_who2; DECLARE @a int, @b nvarchar(10)"))
                .hasSize(5)
                .startsWith(new Statement.Query("SELECT a FROM x WHERE b = 1"), new Statement.Query("SELECT c FROM y"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        KILL @spid                                                       | 102
        KILL ?                                                           | 102
        SELECT 1; GO                                                     | 102
        RESTORE DATABASE mgc WITH NORECOVERY                             | 102
        RESTORE LOG mgc FROM DISK = N'x' WITH RECOVERY, NORECOVERY       | 3031
        BACKUP DATABASE mgc TO DISK = N'x' WITH INIT, NOINIT             | 3031
        BACKUP DATABASE mgc TO DISK = N'x' WITH NORECOVERY               | 102
        BACKUP DATABASE mgc TO DISK = N'x' WITH WHATEVER                 | 155
        BACKUP DATABASE mgc TO DISK = N'x' WITH STATS = N'often'         | 102
        ALTER DATABASE mgc SET PARTNER                                   | 102
        ALTER DATABASE mgc SET ENCRYPTION ON                             | 50000
        ALTER DATABASE [mgccomp] SET AUTO_SHRINK ON WITH ROLLBACK IMMEDIATE     | 50000
        ALTER DATABASE mgc MODIFY NAME = x                               | 50000
        ALTER DATABASE mgc SET RECOVERY OFTEN                            | 102
        ALTER TABLE mgc ADD x int                                        | 50000
        CREATE DATABASE mgc                                              | 50000
        IF 1 = 1 KILL 57                                                 | 50000
        RESTORE LOG mgc FROM                                             | 102
        EXEC                                                             | 102
        """)
    void refusesWhatItCannotRead(String sql, int number) {
        assertThat(BatchReader.read(sql))
                .isInstanceOfSatisfying(
                        BatchReader.Batch.Refused.class,
                        refused -> assertThat(refused.error().number()).isEqualTo(number));
    }

    @Test
    void showsAllOfAStatementThatItDoesNotKnow() {
        assertThat(BatchReader.read(
                        "SELECT 1; ALTER DATABASE [mgc] SET AUTO_SHRINK ON WITH ROLLBACK IMMEDIATE; SELECT 2"))
                .isInstanceOfSatisfying(
                        BatchReader.Batch.Refused.class,
                        refused -> assertThat(refused.error().message())
                                .contains("does not know this statement: ALTER DATABASE [mgc] SET AUTO_SHRINK ON WITH"
                                        + " ROLLBACK IMMEDIATE."));
    }

    @Test
    void neverFailsOnAnyText() {
        Random random = new Random(11);
        String[] words = {
            "RESTORE",
            "BACKUP",
            "LOG",
            "DATABASE",
            "mgc",
            "FROM",
            "TO",
            "DISK",
            "=",
            "N'x'",
            "WITH",
            "STATS",
            "1",
            ",",
            "(",
            ")",
            ";",
            "EXEC",
            "@a",
            "SELECT",
            "KILL",
            "ALTER",
            "SET",
            "PARTNER",
            "'",
            "[",
            "--",
            "/*",
            "GO",
            "USE",
            "DECLARE",
            "-",
            ".",
            "FILE",
            "MOVE",
            "99999999999",
            "DROP",
            "WAITFOR",
            "DELAY"
        };
        for (int round = 0; round < 20_000; round++) {
            String sql = IntStream.range(0, random.nextInt(12))
                    .mapToObj(i -> words[random.nextInt(words.length)])
                    .collect(Collectors.joining(" "));
            assertThat(BatchReader.read(sql)).as(sql).isNotNull();
        }
    }

    private static Statement one(String sql) {
        assertThat(statements(sql)).hasSize(1);
        return statements(sql).get(0);
    }

    private static List<Statement> statements(String sql) {
        BatchReader.Batch batch = BatchReader.read(sql);
        assertThat(batch).isInstanceOf(BatchReader.Batch.Understood.class);
        return ((BatchReader.Batch.Understood) batch)
                .statements().stream().map(BatchReader.Batch.Placed::statement).toList();
    }
}
