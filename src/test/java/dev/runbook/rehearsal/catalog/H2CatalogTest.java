package dev.runbook.rehearsal.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runbook.rehearsal.model.Agent;
import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.History;
import dev.runbook.rehearsal.model.LogShipping;
import dev.runbook.rehearsal.model.Lsn;
import dev.runbook.rehearsal.model.Pool;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.model.Sessions;
import dev.runbook.rehearsal.server.Catalog.Answer;
import dev.runbook.rehearsal.server.Catalog.Asking;
import dev.runbook.rehearsal.tds.Backend;
import dev.runbook.rehearsal.tds.Column;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a query gives on a small server: one restoring database, three sessions, one job. */
class H2CatalogTest {
    private static final LocalDateTime NOON = LocalDateTime.of(2026, 11, 21, 12, 0);
    private static final H2Catalog CATALOG = new H2Catalog(Clock.fixed(NOON.toInstant(ZoneOffset.UTC), ZoneOffset.UTC));

    @AfterAll
    static void close() {
        CATALOG.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT name FROM sys.databases WHERE database_id = DB_ID(N'mgc') | mgc",
                "SELECT name FROM sys.databases WHERE name = N'MGC  ' | mgc",
                "SELECT NAME FROM MASTER.SYS.DATABASES WHERE RTRIM(name) = 'Mgc' | mgc",
                "SELECT [d].[state_desc] FROM [master].sys.[databases] AS [d] WHERE d.name LIKE N'MG%' | RESTORING",
                "SELECT sys.databases.name FROM sys.databases WHERE database_id = 5 | mgc",
                "SELECT is_in_standby FROM sys.databases WHERE name = N'mgc' AND is_in_standby = 0 | false",
                "SELECT COUNT(*) FROM sys.databases WHERE is_read_only <> 1 | 5",
                "SELECT DB_NAME(5) | mgc",
                "SELECT DB_NAME() | master",
                "SELECT DB_ID(N'nothing') | null",
                "SELECT @@SPID | 51",
                "SELECT @@SERVERNAME | SQLB\\RTC",
                "SELECT 1 WHERE @@SERVERNAME = N'sqlb\\rtc' | 1",
                "SELECT CAST(SERVERPROPERTY(N'MachineName') AS nvarchar(128)) | SQLB",
                "SELECT SERVERPROPERTY('InstanceName') | RTC",
                "SELECT SERVERPROPERTY('Nonsense') | null",
                "SELECT CAST(PARSENAME(CAST(SERVERPROPERTY(N'ProductVersion') AS nvarchar(128)), 4) AS int) | 11",
                "SELECT IS_SRVROLEMEMBER(N'sysadmin') | 1",
                "SELECT IS_SRVROLEMEMBER(N'nonsense') | null",
                "SELECT TOP (1) name FROM sys.databases ORDER BY database_id DESC | mgc",
                "SELECT COALESCE(MIN(redo_start_lsn), 0) FROM sys.master_files WHERE database_id = 5 AND type = 0"
                        + " | 21000000123400001",
                "SELECT name FROM msdb..sysjobs WHERE enabled = 1 | LSCopy_mgc",
                "SELECT /* a [comment] */ COUNT(*) FROM msdb.dbo.sysjobs | 1",
                "SELECT COUNT(DISTINCT program_name) FROM sys.sysprocesses WHERE program_name LIKE N'SQLAgent%' | 1",
                "SELECT name COLLATE Latin1_General_BIN FROM sys.databases WHERE name = N'mgc' COLLATE"
                        + " database_default | mgc",
                "SELECT IIF(1 = 1, N'yes', N'no') | yes",
                "SELECT CONVERT(varchar(30), 5) | 5",
                "SELECT GETDATE() | 2026-11-21T12:00",
                "WITH d (n) AS (SELECT name FROM sys.databases) SELECT n FROM d WHERE n = 'mgc' | mgc",
                "SELECT SUM(p.rows) FROM mgc.sys.tables AS t JOIN mgc.sys.partitions AS p ON p.object_id = t.object_id"
                        + " | 7",
                "SELECT name FROM sys.databases WHERE name LIKE N'm\\gc' OR name LIKE N'mg_' | mgc",
                "SELECT request_mode FROM sys.dm_tran_locks WHERE resource_type = N'APPLICATION' | X",
            })
    void answersAsTheServerWould(String sql, String expected) {
        assertThat(rows(sql)).hasSize(1);
        assertThat(String.valueOf(rows(sql).get(0).get(0))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 1 FROM sys.nonsense | 208",
                "SELECT 1 FROM nothing.sys.tables | 208",
                "SELECT 1 FROM nothing | 208",
                "SELECT nonsense FROM sys.databases | 207",
                "SELECT d.nonsense FROM sys.databases AS d | 207",
                "SELECT FROM WHERE | 102",
                "SELECT name FROM sys.databases WHERE | 102",
                "SELECT nonsense(1) | 195",
                "SELECT FILE_READ('/etc/passwd') | 195",
                "SELECT @nonsense | 137",
                "SELECT @@nonsense | 137",
                "SELECT 1 / 0 | 8134",
                "SELECT (SELECT name FROM sys.databases) | 512",
                "SELECT CAST('x' AS int) | 245",
                "SELECT CAST(1 AS nonsense) | 243",
            })
    void refusesAsTheServerWould(String sql, int number) {
        Answer answer = CATALOG.query(state(), new Asking("SQLB\\RTC", 51, "master"), sql, List.of());
        assertThat(answer).isInstanceOf(Answer.Refused.class);
        assertThat(((Answer.Refused) answer).error().number()).isEqualTo(number);
    }

    @Test
    void namesWhatIsNotThere() {
        assertThat(error("SELECT 1 FROM msdb.dbo.Nonsense").error().message())
                .isEqualTo("Invalid object name 'msdb.dbo.Nonsense'.");
        assertThat(error("SELECT nonsense FROM sys.databases").error().message())
                .isEqualTo("Invalid column name 'nonsense'.");
    }

    @Test
    void sendsTheTypesOfTheServer() {
        Answer.Rows rows = answer(
                "SELECT name, database_id, is_read_only, state, create_date, COUNT(*) OVER () AS n, COUNT_BIG(*) OVER"
                        + " () AS b FROM sys.databases");
        assertThat(rows.columns().stream().map(Column::type))
                .containsExactly(
                        Column.Type.NVARCHAR,
                        Column.Type.INT,
                        Column.Type.BIT,
                        Column.Type.TINYINT,
                        Column.Type.DATETIME,
                        Column.Type.BIGINT,
                        Column.Type.BIGINT);
        assertThat(answer("SELECT COUNT(*), SUM(size), MAX(redo_start_lsn) FROM sys.master_files").columns().stream()
                        .map(Column::type))
                .containsExactly(Column.Type.INT, Column.Type.BIGINT, Column.Type.NUMERIC);
    }

    @Test
    void keepsLabelsAsWrittenAndLeavesTheOthersEmpty() {
        Answer.Rows rows =
                answer("SELECT name AS [My Name], state AS Value, COUNT(*) OVER (), 'x', 1 AS type FROM sys.databases");
        assertThat(rows.columns().stream().map(Column::name)).containsExactly("My Name", "Value", "", "", "type");
    }

    @Test
    void passesOverComments() {
        assertThat(rows("SELECT name -- to the end of the line\n"
                        + " FROM sys.databases /* and /* nested */ ones */ WHERE name = 'mgc'"))
                .containsExactly(List.of("mgc"));
    }

    @Test
    void bindsParameters() {
        Answer answer = CATALOG.query(
                state(),
                new Asking("SQLB\\RTC", 51, "master"),
                "SELECT state_desc FROM sys.databases WHERE name = @P0 AND database_id = @P1",
                List.of(new Backend.Session.Parameter("@P0", "MGC"), new Backend.Session.Parameter("@P1", 5)));
        assertThat(((Answer.Rows) answer).rows()).containsExactly(List.of("RESTORING"));
    }

    @Test
    void seesEachStateAfresh() {
        EstateState other = state().change("SQLB\\RTC", server -> server.without("mgc"));
        String sql = "SELECT name FROM sys.databases WHERE database_id > 4";
        assertThat(rows(sql)).hasSize(1);
        assertThat(((Answer.Rows) CATALOG.query(other, new Asking("SQLB\\RTC", 51, "master"), sql, List.of())).rows())
                .isEmpty();
        assertThat(rows(sql)).hasSize(1);
    }

    @Test
    void letsNobodyWriteOrRunASecondStatement() {
        assertThat(error("SELECT 1; DROP TABLE x").error().number()).isEqualTo(102);
        assertThat(error("SELECT 1 INTO x FROM sys.databases").error().number()).isEqualTo(102);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT TOP (1) FILE_READ('%s', NULL) AS a",
                "SELECT FILE_READ('%s', NULL)",
                "SELECT [FILE_READ]('%s', NULL)",
                "SELECT \"FILE_READ\"('%s', NULL)",
                "SELECT TOP (1) [CSVWRITE]('%s', 'SELECT 42') AS a",
                "SELECT * FROM CSVREAD('%s')",
                "SELECT * FROM (SELECT 1) x CROSS JOIN CSVREAD('%s')",
                "SELECT [LINK_SCHEMA]('x', '', 'jdbc:h2:mem:y;INIT=CREATE ALIAS a', 'sa', '', 'PUBLIC')",
                "SELECT (1) [FILE_WRITE](x'41', '%s')",
                "SELECT H2VERSION()"
            })
    void callsNoFunctionThatAServerDoesNotHave(String sql, @TempDir Path folder) {
        Path file = folder.resolve("written");
        assertThat(error(sql.formatted(file)).error().number()).isEqualTo(195);
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT public.FILE_READ('x', NULL) | 4121",
                "SELECT $$ 'a $$ FILE_READ(CHAR(47)) --' | 102",
                "SELECT {fn FILE_READ('x', NULL)} | 102",
                "SELECT * FROM INFORMATION_SCHEMA.USERS | 208",
                "SELECT * FROM [information_schema].SETTINGS | 208"
            })
    void passesNothingOnThatOnlyTheStoreUnderstands(String sql, int number) {
        assertThat(error(sql).error().number()).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT FILE_READ('/etc/passwd', NULL)",
                "SELECT CSVWRITE('%s', 'SELECT 1')",
                "SELECT * FROM CSVREAD('/etc/passwd')",
                "SELECT LINK_SCHEMA('x', '', 'jdbc:h2:mem:y', 'sa', '', 'PUBLIC')",
                "CREATE ALIAS x FOR 'java.lang.System.exit'",
                "CREATE TABLE x (a INT)",
                "SCRIPT TO '%s'"
            })
    void givesQueriesAUserWhoMayOnlyRead(String sql, @TempDir Path folder) throws SQLException {
        Path file = folder.resolve("written");
        try (RelationStore store = RelationStore.open()) {
            assertThatThrownBy(() -> store.query(sql.formatted(file))).isInstanceOf(SQLException.class);
        }
        assertThat(file).doesNotExist();
    }

    private static List<List<Object>> rows(String sql) {
        return answer(sql).rows();
    }

    private static Answer.Rows answer(String sql) {
        Answer answer = CATALOG.query(state(), new Asking("SQLB\\RTC", 51, "master"), sql, List.of());
        assertThat(answer).as(sql).isInstanceOf(Answer.Rows.class);
        return (Answer.Rows) answer;
    }

    private static Answer.Refused error(String sql) {
        Answer answer = CATALOG.query(state(), new Asking("SQLB\\RTC", 51, "master"), sql, List.of());
        assertThat(answer).as(sql).isInstanceOf(Answer.Refused.class);
        return (Answer.Refused) answer;
    }

    private static EstateState state() {
        Lsn redo = Lsn.parse("21000000123400001");
        Database mgc = new Database(
                "mgc",
                5,
                NOON,
                Database.Status.RESTORING,
                Database.Options.USUAL,
                Database.Lineage.founded(new UUID(1, 1), new UUID(1, 2), Lsn.of(1)),
                Database.LogPosition.at(redo).waiting(new Database.LogPosition.Redo(redo, new UUID(1, 2))),
                Optional.empty(),
                List.of(new Database.DatabaseFile(1, Database.DatabaseFile.Kind.ROWS, "mgc", "D:\\mgc.mdf", 1000)),
                new Database.Contents(
                        List.of(new Database.Contents.Table("tblChat", 3), new Database.Contents.Table("tblNode", 4)),
                        List.of()));
        Agent.Job job = Agent.Job.born(new UUID(2, 1), "LSCopy_mgc", Agent.Kind.LOG_COPY)
                .enabled(true);
        Sessions sessions = Sessions.NONE
                .plus(session(51, "sa", "runbook"))
                .plus(session(52, "LITWARE\\agent", "SQLAgent - Generic Refresher"))
                .withLocks(List.of(new Sessions.AppLock("runbook", "Exclusive", 51)));
        Server server = new Server(
                new Server.Identity("sqlb.litwareinc.com", "RTC", "11.0.7001.0"),
                true,
                List.of(new Server.Login("sa", "x", true)),
                Map.of(),
                Map.of("mgc", mgc),
                new Agent(true, "LITWARE\\agent", 1, List.of(job)),
                LogShipping.NONE,
                History.EMPTY,
                sessions);
        return new EstateState(List.of(server), pool());
    }

    private static Sessions.Connection session(int spid, String login, String program) {
        return new Sessions.Connection(
                spid,
                login,
                "PC",
                program,
                "master",
                Sessions.Connection.WAITING,
                NOON,
                Sessions.Connection.Kind.CLIENT);
    }

    private static Pool pool() {
        return new Pool(
                "pool",
                new Pool.Topology("SQLB\\RTC", Optional.empty(), "SQLB\\RTC", Optional.empty(), List.of()),
                new Pool.Settings(Pool.State.NORMAL, List.of()),
                1,
                List.of(new Pool.Replica("pc", false, 1, Optional.<Instant>empty())),
                List.of());
    }
}
