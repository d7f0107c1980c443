package dev.runbook.rehearsal.estate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.SqlServer;
import dev.runbook.endpoint.sql.JdbcSqlServer;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.EstateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The estate as a real driver meets it. */
class EstateTest {
    private static final Limits LIMITS = Limits.within(Duration.ofSeconds(20));

    @TempDir
    private Path folder;

    private Estate estate;

    @BeforeEach
    void start() throws IOException {
        estate = Rehearsals.start("dc1-lost", folder);
    }

    @AfterEach
    void close() {
        estate.close();
    }

    @Test
    void failsOverByHand() throws IOException {
        try (JdbcSqlServer backup = Rehearsals.connect(estate, "backup_sql")) {
            assertThat(one(backup, "SELECT state_desc FROM sys.databases WHERE name = N'mgc'"))
                    .isEqualTo("RESTORING");
            for (Row job : rows(backup, "SELECT name FROM msdb.dbo.sysjobs WHERE enabled = 1")) {
                call(
                        backup,
                        "msdb.dbo.sp_update_job",
                        Map.of("job_name", job.get("name").orElseThrow(), "enabled", Value.of("0")));
            }
            call(
                    backup,
                    "master.dbo.sp_delete_log_shipping_secondary_database",
                    Map.of("secondary_database", Value.of("mgc")));
            assertThat(rows(backup, "SELECT 1 AS x FROM msdb.dbo.log_shipping_secondary"))
                    .isEmpty();
            copyLogBackups();
            assertThat(code(backup, restoreLog(logBackups("copy-folder").get(0))))
                    .isEqualTo("4326");
            assertThat(code(backup, restoreLog(logBackups("copy-folder").get(5))))
                    .isEqualTo("4305");
            for (String file : logBackups("copy-folder").subList(4, 9)) {
                execute(
                        backup,
                        "RESTORE LOG [mgc] FROM DISK = N'D:\\pchatlogs\\" + file
                                + "' WITH FILE = 1, NORECOVERY, STATS = 10");
            }
            execute(backup, "RESTORE DATABASE [mgc] WITH RECOVERY");
            assertThat(one(backup, "SELECT state_desc FROM sys.databases WHERE name = N'mgc'"))
                    .isEqualTo("ONLINE");
            assertThat(one(
                            backup,
                            "SELECT SUM(p.rows) AS n FROM mgc.sys.tables AS t JOIN mgc.sys.partitions AS p"
                                    + " ON p.object_id = t.object_id WHERE t.name = N'tblChat'"))
                    .isEqualTo("4225");
        }
        assertThat(estate.projection()).contains("""
            server SQLB\\RTC: up
              database mgccomp: ONLINE, FULL, MULTI_USER, 4 rows, 0 messages
              database mgc: ONLINE, FULL, MULTI_USER, 4457 rows, 225 messages
            """).contains("pool atl-cs-001.litwareinc.com: Normal");
    }

    @Test
    void letsUsersReadAStandbyDatabaseWhileItWaits() throws IOException {
        String reader =
                "    sessions: [{program: Report, login: 'LITWARE\\reports', host: REPORTS, database: mgc}]\n  sqlbm:";
        try (Estate standby = Rehearsals.changed(
                        "dc1-lost",
                        scene -> scene.replace("mgc: {state: shipped}", "mgc: {state: standby}")
                                .replaceFirst("  sqlbm:", Matcher.quoteReplacement(reader)),
                        folder.resolve("standby"));
                JdbcSqlServer backup = Rehearsals.connect(standby, "backup_sql")) {
            assertThat(one(backup, "SELECT state_desc FROM sys.databases WHERE is_in_standby = 1"))
                    .isEqualTo("ONLINE");
            assertThat(code(backup, restoreLog(logBackups("standby/copy-folder").get(4))))
                    .isEqualTo("3101");
            String spid = one(
                    backup,
                    "SELECT spid FROM sys.sysprocesses WHERE program_name = N'Report' AND dbid = DB_ID(N'mgc')");
            execute(backup, "KILL " + spid);
            execute(backup, restoreLog(logBackups("standby/copy-folder").get(4)));
            assertThat(rows(
                            backup,
                            "SELECT 1 AS x FROM sys.databases WHERE name = N'mgc' AND state_desc = N'RESTORING'"))
                    .hasSize(1);
        }
    }

    @Test
    void refusesAtOnceWhatIsDown() {
        try (JdbcSqlServer primary = Rehearsals.connect(estate, "primary_sql")) {
            assertThat(primary.reach(LIMITS))
                    .isInstanceOfSatisfying(
                            Answer.Failed.class,
                            failed -> assertThat(failed.failure().code()).isEqualTo("unreachable"));
        }
    }

    @Test
    void keepsTheAddressOfAServerThatComesUpLater() {
        var before = estate.site().get("primary_sql");
        assertThat(estate.transition("dc1-rebuilt")).contains("DC1 rebuilt");
        assertThat(estate.site().get("primary_sql")).isEqualTo(before);
        try (JdbcSqlServer primary = Rehearsals.connect(estate, "primary_sql");
                JdbcSqlServer mirror = Rehearsals.connect(estate, "primary_mirror_sql")) {
            String role = "SELECT mirroring_role_desc FROM sys.database_mirroring WHERE database_id = DB_ID(N'mgc')";
            assertThat(one(primary, role)).isEqualTo("PRINCIPAL");
            assertThat(one(mirror, role)).isEqualTo("MIRROR");
            assertThat(one(primary, "SELECT s.secondary_server FROM msdb.dbo.log_shipping_primary_secondaries AS s"))
                    .isEqualTo("SQLB\\RTC");
        }
    }

    @Test
    void breaksTheConnectionsOfAServerThatGoesDown() {
        try (JdbcSqlServer backup = Rehearsals.connect(estate, "backup_sql")) {
            assertThat(one(backup, "SELECT 1 AS x")).isEqualTo("1");
            assertThat(estate.up("sqlb", false)).isTrue();
            assertThat(backup.query("SELECT 1 AS x", LIMITS)).isInstanceOf(Answer.Failed.class);
            assertThat(estate.up("sqlb", true)).isTrue();
            assertThat(one(backup, "SELECT 1 AS x")).isEqualTo("1");
            assertThat(estate.up("nobody", true)).isFalse();
        }
    }

    @Test
    void movesTheFilesThatSomebodyMovesByHand() throws IOException {
        assertThat(logBackups("log-share")).hasSize(9);
        assertThat(logBackups("copy-folder")).hasSize(6);
        assertThat(estate.confirmed("0.5"))
                .containsExactly(
                        "moved 10 files from log-share to archive", "moved 6 files from copy-folder to archive");
        assertThat(logBackups("log-share")).isEmpty();
        assertThat(estate.confirmed("no such step")).isEmpty();
    }

    @Test
    void writesASiteFileThatNamesEverything() {
        assertThat(estate.siteFile())
                .contains("pool_fqdn: 'atl-cs-001.litwareinc.com'\n")
                .contains("dc2_servers: ['pc21.litwareinc.com', 'pc22.litwareinc.com']\n")
                .contains("backup_sql: {server: 'sqlb.litwareinc.com\\RTC', authentication: 'sql', user: 'runbook'")
                .contains("shell: {modules: ['SkypeForBusiness'], program: 'rehearsal'}\n");
    }

    @Test
    void givesOtherProcessesAProgramForTheShellAndFilesForThePasswords() throws IOException {
        try (Estate reachable = Rehearsals.reachable("dc1-lost", List.of("java", "it's"), folder.resolve("other"))) {
            var shell = ((Value.Fields) reachable.site().get("shell")).values();
            Path program = Path.of(shell.get("program").text());
            assertThat(program).isExecutable();
            assertThat(Files.readString(program))
                    .matches("#!/bin/sh\nexec 'java' 'it'\\\\''s' '.*shell-door' \"\\$@\"\n");
            var server = ((Value.Fields) reachable.site().get("backup_sql")).values();
            Value file = ((Value.Fields) server.get("password")).values().get("file");
            String password = Files.readString(Path.of(file.text()));
            assertThat(password).hasSizeGreaterThan(30);
            assertThat(reachable.siteFile()).doesNotContain(password);
        }
    }

    @Test
    void forksIntoIndependentStates() {
        EstateState fork = estate.state();
        EstateStore other = new EstateStore(fork);
        other.update(state -> state.change("SQLB\\RTC", server -> server.without("mgc")));
        assertThat(Projection.of(estate.state())).isEqualTo(Projection.of(fork));
        assertThat(Projection.of(other.snapshot())).isNotEqualTo(Projection.of(fork));
    }

    @Test
    void looksTheSameEachTimeItIsStarted() throws IOException {
        try (Estate again = Rehearsals.start("dc1-lost", folder.resolve("again"))) {
            assertThat(again.projection()).isEqualTo(estate.projection());
        }
    }

    private void copyLogBackups() throws IOException {
        for (String file : logBackups("log-share")) {
            if (!logBackups("copy-folder").contains(file)) {
                Files.copy(
                        folder.resolve("log-share").resolve(file),
                        folder.resolve("copy-folder").resolve(file));
            }
        }
    }

    private List<String> logBackups(String name) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.matches("mgc_.*\\.trn"))
                    .sorted()
                    .toList();
        }
    }

    private static String restoreLog(String file) {
        return "RESTORE LOG [mgc] FROM DISK = N'D:\\pchatlogs\\" + file + "' WITH FILE = 1, NORECOVERY, STATS = 10";
    }

    private static String code(SqlServer server, String sql) {
        Answer answer = server.execute(sql, LIMITS);
        assertThat(answer).as(sql).isInstanceOf(Answer.Failed.class);
        return ((Answer.Failed) answer).failure().code();
    }

    private static List<Row> rows(SqlServer server, String sql) {
        Answer answer = server.query(sql, LIMITS);
        assertThat(answer).as(sql).isInstanceOf(Answer.Rows.class);
        return ((Answer.Rows) answer).rows();
    }

    private static String one(SqlServer server, String sql) {
        List<String> values = new ArrayList<>();
        rows(server, sql).forEach(row -> row.columns().values().forEach(value -> values.add(value.text())));
        assertThat(values).hasSize(1);
        return values.get(0);
    }

    private static void execute(SqlServer server, String sql) {
        assertThat(server.execute(sql, LIMITS)).as(sql).isInstanceOf(Answer.Rows.class);
    }

    private static void call(SqlServer server, String procedure, Map<String, Value> parameters) {
        assertThat(server.call(procedure, parameters, LIMITS)).as(procedure).isInstanceOf(Answer.Rows.class);
    }
}
