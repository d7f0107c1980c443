package dev.runbook.rehearsal.estate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Cancellation;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.Progress;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.endpoint.sql.JdbcSqlServer;
import dev.runbook.rehearsal.catalog.H2Catalog;
import dev.runbook.rehearsal.model.Agent;
import dev.runbook.rehearsal.model.EstateStore;
import dev.runbook.rehearsal.server.Faults;
import dev.runbook.rehearsal.server.Pace;
import dev.runbook.rehearsal.server.Sample;
import dev.runbook.rehearsal.server.SimulatedServer;
import dev.runbook.rehearsal.tds.TdsServer;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real endpoint and driver against a simulated server, as a rehearsal puts them together. */
@Timeout(30)
class EstateOverTheWireTest {
    private final Clock clock = Clock.fixed(Sample.NOW.toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
    private final H2Catalog catalog = new H2Catalog(clock);
    private final AtomicLong ids = new AtomicLong(1000);
    private Runnable meanwhile = () -> {};
    private TdsServer wire;
    private JdbcSqlServer server;

    @BeforeEach
    void start() throws IOException {
        SimulatedServer.Services services = new SimulatedServer.Services(
                new EstateStore(Sample.estate(Map.of())
                        .change(
                                "SQLB\\RTC",
                                one -> one.with(one.agent()
                                        .plus(Agent.Job.born(Sample.id(9), "LSCopy_mgc", Agent.Kind.LOG_COPY)
                                                .enabled(true))))),
                catalog,
                Faults.NONE,
                (where, command) -> new Pace(Duration.ofMillis(4), 4),
                duration -> meanwhile.run(),
                clock,
                () -> Sample.id(ids.incrementAndGet()));
        String name = services.store().snapshot().servers().get(2).name();
        wire = TdsServer.start(new SimulatedServer(name, services));
        server = server("run 1");
    }

    @AfterEach
    void stop() {
        server.close();
        wire.close();
        catalog.close();
    }

    private JdbcSqlServer server(String application) {
        return JdbcSqlServer.of(
                new SqlTarget(
                        "sqlb.litwareinc.com",
                        Optional.of("RTC"),
                        OptionalInt.empty(),
                        new SqlTarget.Login.Sql("dba", new Value.Secret("secret")),
                        SqlTarget.Encryption.TRUE,
                        true,
                        Optional.of(wire.address()),
                        Optional.empty()),
                application);
    }

    private static List<Row> rows(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Rows.class);
        return ((Answer.Rows) answer).rows();
    }

    @Test
    void isTheServerThatWasNamedAndAnswers() {
        assertThat(rows(server.reach(Limits.none()))).hasSize(1);
        assertThat(rows(server.query(
                        "SELECT state_desc, is_in_standby FROM sys.databases WHERE name = N'mgc'", Limits.none())))
                .containsExactly(
                        Row.of("state_desc", Value.of("RESTORING")).with(Row.of("is_in_standby", Value.of(false))));
    }

    @Test
    void givesTheLockToOneRunAndShowsItToAnother() {
        assertThat(rows(server.lock("runbook", Limits.none())).get(0).get("granted"))
                .contains(Value.of(true));
        JdbcSqlServer other = server("run 2");
        Row denied = rows(other.lock("runbook", Limits.none())).get(0);
        assertThat(denied.get("granted")).contains(Value.of(false));
        assertThat(denied.get("program")).contains(Value.of("run 1"));
        assertThat(denied.get("login")).contains(Value.of("dba"));
        assertThat(denied.get("since")).contains(Value.of("2026-11-21 03:12:09.000"));

        assertThat(server.release("runbook", Limits.none())).isEqualTo(Answer.nothing());
        assertThat(rows(other.lock("runbook", Limits.none())).get(0).get("granted"))
                .contains(Value.of(true));
        other.close();
    }

    @Test
    void showsProgressAndTheSessionThatIsAtWork() {
        List<String> heard = new ArrayList<>();
        JdbcSqlServer resumed = server("run 1");
        List<Row> atWork = new ArrayList<>();
        meanwhile = () -> {
            if (atWork.isEmpty()) {
                atWork.addAll(rows(resumed.oldSessions(Limits.none())));
            }
        };
        Limits limits = new Limits(Optional.empty(), new Cancellation(), new Progress() {
            @Override
            public void advanced(long done, long total, String unit) {
                heard.add(done + unit);
            }
        });
        rows(server.execute("RESTORE DATABASE [mgc] WITH RECOVERY", limits));

        assertThat(atWork).hasSize(1);
        assertThat(atWork.get(0).get("command").orElseThrow().text()).startsWith("RESTORE");
        assertThat(rows(resumed.oldSessions(Limits.none()))).isEmpty();
        assertThat(rows(server.query("SELECT state_desc FROM sys.databases WHERE name = N'mgc'", Limits.none())))
                .containsExactly(Row.of("state_desc", Value.of("ONLINE")));
        resumed.close();
    }

    @Test
    void tellsTheErrorThatSaysWhy() {
        Answer answer = server.execute("ALTER DATABASE [mgc] SET PARTNER OFF", Limits.none());
        assertThat(answer).isInstanceOf(Answer.Failed.class);
        assertThat(((Answer.Failed) answer).failure().code()).isEqualTo("1416");
    }

    private dev.runbook.endpoint.Failure failed(String sql) {
        Answer answer = server.execute(sql, Limits.none());
        assertThat(answer).isInstanceOf(Answer.Failed.class);
        return ((Answer.Failed) answer).failure();
    }

    private List<Row> enabledJobs() {
        return rows(server.query(
                "SELECT name FROM msdb.dbo.sysjobs WHERE name LIKE N'LS%' AND enabled = 1", Limits.none()));
    }

    @Test
    void aSettingOrADatabaseOfOneEffectIsNotThereForTheNextNorForAQuestion() {
        int databases = rows(server.query("SELECT name FROM sys.databases", Limits.none()))
                .size();
        rows(server.execute("SET ROWCOUNT 1", Limits.none()));
        assertThat(rows(server.query("SELECT name FROM sys.databases", Limits.none())))
                .hasSize(databases);
        assertThat(rows(server.execute("SELECT name FROM sys.databases", Limits.none())))
                .hasSize(databases);

        assertThat(rows(server.execute("USE msdb SELECT DB_NAME() AS d", Limits.none())))
                .containsExactly(Row.of("d", Value.of("msdb")));
        assertThat(rows(server.query("SELECT DB_NAME() AS d", Limits.none())))
                .containsExactly(Row.of("d", Value.of("master")));
        assertThat(rows(server.execute("SELECT DB_NAME() AS d", Limits.none())))
                .containsExactly(Row.of("d", Value.of("master")));
    }

    @Test
    void whatAnEffectDoesInATransactionThatItDoesNotEndIsUndoneAndCalledAFailure() {
        int enabled = enabledJobs().size();
        assertThat(enabled).isPositive();
        String job = enabledJobs().get(0).get("name").orElseThrow().text();
        String off = "EXEC msdb.dbo.sp_update_job @job_name = N'" + job + "', @enabled = 0";
        for (String open : List.of("BEGIN TRAN " + off, "SET IMPLICIT_TRANSACTIONS ON " + off)) {
            assertThat(failed(open).code()).isEqualTo("open-transaction");
            assertThat(enabledJobs()).hasSize(enabled);
        }
        rows(server.execute("BEGIN TRANSACTION " + off + " COMMIT", Limits.none()));
        assertThat(enabledJobs()).hasSize(enabled - 1);
    }

    @Test
    void aQuestionSeesOnlyWhatIsCommittedWhileAnEffectIsUnderWay() {
        int enabled = enabledJobs().size();
        String job = enabledJobs().get(0).get("name").orElseThrow().text();
        JdbcSqlServer other = server("run 2");
        List<Integer> seen = new ArrayList<>();
        meanwhile = () -> {
            if (seen.isEmpty()) {
                seen.add(rows(other.query(
                                "SELECT name FROM msdb.dbo.sysjobs WHERE name LIKE N'LS%' AND enabled = 1",
                                Limits.none()))
                        .size());
                seen.add(rows(other.query("SELECT spid FROM sys.sysprocesses WHERE open_tran > 0", Limits.none()))
                        .size());
            }
        };
        rows(server.execute(
                "BEGIN TRAN EXEC msdb.dbo.sp_update_job @job_name = N'" + job
                        + "', @enabled = 0 WAITFOR DELAY '00:00:00.050' COMMIT",
                Limits.none()));
        assertThat(seen).containsExactly(enabled, 1);
        assertThat(enabledJobs()).hasSize(enabled - 1);
        other.close();
    }

    @Test
    void noSessionOfARunStaysInADatabaseNorHoldsTheLockThere() {
        rows(server.lock("runbook", Limits.none()));
        rows(server.execute("RESTORE DATABASE [mgc] WITH RECOVERY", Limits.none()));
        rows(server.execute("USE mgc SELECT 1 AS a", Limits.none()));
        assertThat(rows(server.query(
                        "SELECT spid FROM sys.sysprocesses WHERE program_name = N'run 1' AND dbid <> 1",
                        Limits.none())))
                .isEmpty();
        assertThat(rows(server.query(
                        "SELECT DISTINCT request_session_id FROM sys.dm_tran_locks WHERE resource_type ="
                                + " N'APPLICATION'",
                        Limits.none())))
                .hasSize(1);
    }
}
