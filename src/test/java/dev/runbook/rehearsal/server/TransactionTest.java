package dev.runbook.rehearsal.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.rehearsal.catalog.H2Catalog;
import dev.runbook.rehearsal.model.Agent;
import dev.runbook.rehearsal.tds.Backend;
import dev.runbook.rehearsal.tds.SqlError;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Transactions, settings and procedures of a session of the simulated server. */
class TransactionTest {
    private static final String SERVER = "SQLB\\RTC";
    private static final String OFF = "EXEC msdb.dbo.sp_update_job @job_name = N'LSCopy_mgc', @enabled = 0";

    private final Bench bench = new Bench(Sample.estate(Map.of())
                    .change(
                            SERVER,
                            server -> server.with(server.agent()
                                    .plus(Agent.Job.born(Sample.id(9), "LSCopy_mgc", Agent.Kind.LOG_COPY)
                                            .enabled(true)))))
            .answering(new H2Catalog(Clock.fixed(Sample.NOW.toInstant(ZoneOffset.UTC), ZoneOffset.UTC)));

    private boolean enabled() {
        return bench.server(SERVER)
                .agent()
                .job("LSCopy_mgc")
                .map(Agent.Job::enabled)
                .orElseThrow();
    }

    private static Object count(Backend.Session session) {
        return Bench.run(session, "SELECT @@TRANCOUNT AS n").rows().get(0).get("n");
    }

    @Test
    void aRollbackUndoesAndACommitKeeps() {
        Backend.Session session = bench.session(SERVER);
        Bench.run(session, "BEGIN TRAN " + OFF + " ROLLBACK TRAN");
        assertThat(enabled()).isTrue();
        Bench.run(session, "BEGIN TRAN BEGIN TRAN " + OFF + " COMMIT");
        assertThat(count(session)).isEqualTo(1);
        assertThat(Bench.run(session, "SELECT XACT_STATE() AS x").rows()).containsExactly(Map.of("x", 1));
        Bench.run(session, "COMMIT TRANSACTION");
        assertThat(enabled()).isFalse();
        assertThat(count(session)).isEqualTo(0);
        session.close();
    }

    @Test
    void theEndOfASessionAndAKillRollBack() {
        Backend.Session session = bench.session(SERVER);
        Bench.run(session, "BEGIN TRAN " + OFF);
        session.close();
        assertThat(enabled()).isTrue();

        Backend.Session killed = bench.session(SERVER);
        Bench.run(killed, "BEGIN TRAN " + OFF);
        Object spid = Bench.run(killed, "SELECT @@SPID AS s").rows().get(0).get("s");
        assertThat(bench.run(SERVER, "KILL " + spid).errors()).isEmpty();
        assertThat(enabled()).isTrue();
    }

    @Test
    void anImplicitTransactionBeginsWithTheFirstThingThatReadsOrChanges() {
        Backend.Session session = bench.session(SERVER);
        Bench.run(session, "SET IMPLICIT_TRANSACTIONS ON");
        assertThat(count(session)).isEqualTo(0);
        Bench.run(session, OFF);
        assertThat(count(session)).isEqualTo(1);
        session.close();
        assertThat(enabled()).isTrue();
    }

    @Test
    void whatNoTransactionCanHoldIsRefusedInOne() {
        Backend.Session session = bench.session(SERVER);
        Bench.run(session, "BEGIN TRAN");
        assertThat(Bench.run(session, "RESTORE DATABASE [mgc] WITH RECOVERY").errors())
                .containsExactly(3021);
        assertThat(Bench.run(session, "ALTER DATABASE [mgc] SET RECOVERY FULL").errors())
                .containsExactly(226);
        assertThat(Bench.run(session, "KILL 51").errors()).containsExactly(6115);
        session.close();
        Backend.Session other = bench.session(SERVER);
        assertThat(Bench.run(other, "COMMIT").errors()).containsExactly(3902);
        assertThat(Bench.run(other, "ROLLBACK").errors()).containsExactly(3903);
        assertThat(Bench.run(other, "SAVE TRANSACTION s").errors()).containsExactly(628);
        assertThat(Bench.run(other, "IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION").errors())
                .isEmpty();
        other.close();
    }

    @Test
    void anUnknownNameEndsTheBatchAndAnyOtherErrorDoesNot() {
        Backend.Session session = bench.session(SERVER);
        assertThat(Bench.run(session, "SELECT a FROM nowhere " + OFF).errors()).containsExactly(208);
        assertThat(enabled()).isTrue();
        assertThat(Bench.run(session, "EXEC msdb.dbo.sp_update_job @job_name = N'none', @enabled = 0 " + OFF)
                        .errors())
                .containsExactly(14262);
        assertThat(enabled()).isFalse();
        session.close();
    }

    @Test
    void withXactAbortAnErrorUndoesEverythingAndEndsTheBatch() {
        Backend.Session session = bench.session(SERVER);
        Heard heard = Bench.run(
                session,
                "SET XACT_ABORT ON BEGIN TRAN " + OFF
                        + " EXEC msdb.dbo.sp_update_job @job_name = N'none', @enabled = 0 COMMIT");
        assertThat(heard.errors()).containsExactly(14262);
        assertThat(enabled()).isTrue();
        assertThat(count(session)).isEqualTo(0);
        session.close();
    }

    @Test
    void aProcedureOfTheSceneMayLeaveItsTransactionOpen() {
        bench.with((server, name) -> name.equals("dbo.half")
                ? java.util.Optional.of("PRINT N'begins' BEGIN TRANSACTION " + OFF.replace("N'LSCopy_mgc'", "@job")
                        + " RAISERROR('the other half failed', 16, 1) RETURN 1")
                : java.util.Optional.empty());
        Backend.Session session = bench.session(SERVER);
        Heard heard = Bench.run(
                session, "DECLARE @rc int; EXEC @rc = dbo.half @job = N'LSCopy_mgc'; SELECT @rc AS return_code");
        assertThat(heard.errors()).containsExactly(50000, 266);
        assertThat(heard.messages()).extracting(SqlError::procedure).containsOnly("dbo.half");
        assertThat(heard.rows()).isEqualTo(List.of(Map.of("return_code", 1)));
        assertThat(count(session)).isEqualTo(1);
        session.close();
        assertThat(enabled()).isTrue();
    }

    @Test
    void rowcountBoundsWhatComesBackUntilItIsSetBack() {
        Backend.Session session = bench.session(SERVER);
        assertThat(Bench.run(session, "SET ROWCOUNT 2 SELECT name FROM sys.databases")
                        .rows())
                .hasSize(2);
        assertThat(Bench.run(session, "SELECT name FROM sys.databases").rows()).hasSize(2);
        assertThat(Bench.run(session, "SET ROWCOUNT 0 SELECT name FROM sys.databases")
                        .rows())
                .hasSizeGreaterThan(2);
        session.close();
    }
}
