package dev.runbook.rehearsal.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.Sessions;
import dev.runbook.rehearsal.server.Faults.Fault;
import dev.runbook.rehearsal.tds.Backend;
import dev.runbook.rehearsal.tds.SqlError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {
    private static final String B = "SQLB\\RTC";

    @TempDir
    Path folder;

    private Bench bench;
    private String restore;
    private String other;

    @BeforeEach
    void writeBackups() throws IOException {
        bench = new Bench(Sample.estate(folder));
        BackupDevices.BackupFile.write(folder.resolve("next.trn"), List.of(Sample.log(1000, 1100)));
        BackupDevices.BackupFile.write(folder.resolve("other.trn"), List.of(Sample.log(1000, 1200)));
        restore = "RESTORE LOG [mgc] FROM DISK = N'" + folder + "/next.trn' WITH FILE = 1, NORECOVERY, STATS = 10";
        other = restore.replace("next", "other");
    }

    @Test
    void letsInWhoKnowsThePassword() {
        Backend.Session session = bench.session(B);

        assertThat(bench.server(B).sessions().connections())
                .singleElement()
                .matches(one -> one.spid() == 51
                        && one.program().equals("runbook test")
                        && one.login().equals("dba"));
        session.close();
        assertThat(bench.server(B).sessions().connections()).isEmpty();
        session.close();
    }

    @Test
    void turnsAwayWrongPasswordsAndClosedDatabases() {
        assertThat(refusal("dba", "wrong", "")).isEqualTo(18456);
        assertThat(refusal("nobody", "secret", "")).isEqualTo(18456);
        assertThat(refusal("dba", "secret", "mgc")).isEqualTo(4060);
        assertThat(refusal("dba", "secret", "nothing")).isEqualTo(4060);
    }

    @Test
    void forbidsTheWorkOfAdministratorsToOthers() {
        Backend.Session guest = bench.session(B, "guest", "guest");

        assertThat(Bench.run(guest, restore).errors()).containsExactly(3110);
        assertThat(Bench.run(guest, "KILL 60").errors()).containsExactly(6102);
        assertThat(Bench.run(guest, "EXEC sp_delete_log_shipping_secondary_database N'mgc'")
                        .errors())
                .containsExactly(229);
        assertThat(Bench.run(guest, "SELECT name FROM sys.databases").errors()).isEmpty();
    }

    @Test
    void tellsItsProgress() {
        Heard heard = bench.during(20, () -> {}).run(B, restore);

        assertThat(heard.information())
                .containsExactly(3211, 3211, 3211, 3211, 3211, 3211, 3211, 3211, 3211, 3211, 4035, 3014);
        assertThat(heard.messages().get(0).message()).startsWith("10 percent");
        assertThat(heard.messages().get(9).message()).startsWith("100 percent");
    }

    @Test
    void showsARestoreWhileItRuns() {
        StringBuilder seen = new StringBuilder();
        bench.during(
                        1,
                        () -> seen.append(
                                bench.server(B).sessions().connections().get(0).command()))
                .run(B, restore);

        assertThat(seen).hasToString("RESTORE LOG");
        assertThat(bench.mgc(B).status()).isEqualTo(Database.Status.RESTORING);
    }

    @Test
    void leavesAMarkWhenARestoreIsCancelled() {
        Heard heard = new Heard();
        Backend.Session session = bench.during(5, heard::cancel).session(B);
        session.run(restore, List.of(), heard);

        assertThat(bench.mgc(B).status().interrupted()).isPresent();
        assertThat(bench.server(B).sessions().connections()).noneMatch(Sessions.Connection::busy);
        assertThat(Bench.run(session, other).errors()).containsExactly(4319, 3013);
        assertThat(Bench.run(session, "RESTORE DATABASE mgc WITH RECOVERY").errors())
                .containsExactly(4319, 3013);
        bench.during(1, () -> {});
        assertThat(Bench.run(session, restore).errors()).isEmpty();
        assertThat(bench.mgc(B).status().interrupted()).isEmpty();
    }

    @Test
    void leavesAMarkWhenTheConnectionIsGone() {
        Backend.Session session = bench.session(B);
        bench.during(5, session::close);
        Heard heard = Bench.run(session, "RESTORE DATABASE mgc WITH RECOVERY");

        assertThat(heard.dropped()).isTrue();
        assertThat(bench.mgc(B).status().state()).isEqualTo(Database.State.RECOVERING);
        bench.during(1, () -> {});
        assertThat(bench.run(B, restore).errors()).containsExactly(4347, 3013);
        assertThat(bench.run(B, "RESTORE DATABASE mgc WITH RECOVERY").errors()).isEmpty();
        assertThat(bench.mgc(B).status()).isEqualTo(Database.Status.ONLINE);
    }

    @Test
    void leavesAMarkWhenARestoreIsKilled() {
        Backend.Session killer = bench.session(B);
        Backend.Session session = bench.session(B);
        bench.during(3, () -> Bench.run(killer, "KILL 52"));
        Heard heard = Bench.run(session, restore);

        assertThat(heard.dropped()).isTrue();
        assertThat(bench.mgc(B).status().interrupted()).isPresent();
        assertThat(Bench.run(session, "SELECT 1").dropped()).isTrue();
    }

    @Test
    void keepsOthersOutOfADatabaseThatIsBeingRestored() {
        Heard second = new Heard();
        Backend.Session another = bench.session(B);
        bench.during(1, () -> another.run(restore, List.of(), second)).run(B, restore);

        assertThat(second.errors()).containsExactly(3101, 3013);
    }

    @Test
    void answersKillAsTheRulesSay() {
        bench.store().update(state -> sleeping(state, 60, Sessions.Connection.Kind.READER));
        bench.store().update(state -> sleeping(state, 9, Sessions.Connection.Kind.SYSTEM));
        Backend.Session session = bench.session(B);

        assertThat(Bench.run(session, "KILL 61").errors()).containsExactly(6104);
        assertThat(Bench.run(session, "KILL 9").errors()).containsExactly(6107);
        assertThat(Bench.run(session, "KILL 3").errors()).containsExactly(6107);
        assertThat(Bench.run(session, "KILL 99").errors()).containsExactly(6106);
        assertThat(Bench.run(session, "KILL 99999").errors()).containsExactly(6101);
        assertThat(Bench.run(session, "KILL @p").errors()).containsExactly(102);
        assertThat(Bench.run(session, "KILL 60 WITH STATUSONLY").errors()).containsExactly(6120);
        assertThat(Bench.run(session, "KILL 60").errors()).isEmpty();
        assertThat(Bench.run(session, "KILL 60").errors()).containsExactly(6106);
    }

    @Test
    void failsBeforeTheEffectWhenAFaultSaysSo() {
        bench.failing((server, sql) -> fault(sql, new Fault.ErrorBefore(SqlError.of(1205, "deadlock"))));

        assertThat(bench.run(B, restore).errors()).containsExactly(1205);
        assertThat(bench.server(B).history().restores()).isEmpty();
    }

    @Test
    void losesTheAnswerButNotTheEffect() {
        bench.failing((server, sql) -> fault(sql, new Fault.AnswerLost()));
        Heard heard = bench.run(B, restore);

        assertThat(heard.dropped()).isTrue();
        assertThat(heard.messages()).isEmpty();
        assertThat(bench.server(B).history().restores()).hasSize(1);
    }

    @Test
    void dropsTheConnectionBeforeTheEffect() {
        bench.failing((server, sql) -> fault(sql, new Fault.Drop()));

        assertThat(bench.run(B, restore).dropped()).isTrue();
        assertThat(bench.server(B).history().restores()).isEmpty();
    }

    @Test
    void hangsUntilTheClientGivesUp() {
        Heard heard = new Heard();
        bench.failing((server, sql) -> fault(sql, new Fault.Hang())).during(1, heard::cancel);
        bench.session(B).run(restore, List.of(), heard);

        assertThat(heard.dropped()).isFalse();
        assertThat(bench.server(B).history().restores()).isEmpty();
    }

    @Test
    void writesNoBackupOnAFullDisk() throws IOException {
        bench.failing((server, sql) -> Optional.of(new Fault.DiskFull()));
        bench.store().update(state -> state.change(B, server -> server.with(Sample.mgc())));

        Heard heard = bench.run(B, "BACKUP DATABASE mgc TO DISK = N'" + folder + "/new.bak' WITH INIT");
        assertThat(heard.errors()).containsExactly(3202, 3013);
        assertThat(BackupDevices.BackupFile.read(folder.resolve("new.bak"))).isEmpty();
        assertThat(Files.exists(folder.resolve("new.bak"))).isTrue();
        assertThat(bench.server(B).history().backups()).isEmpty();
    }

    @Test
    void aFullDiskCutsALogRestoreOffAndTheSameOneCompletesIt() {
        bench.failing((server, sql) -> fault(sql, new Fault.DiskFull()));

        assertThat(bench.run(B, restore).errors()).containsExactly(5149, 3013);
        assertThat(bench.server(B).database("mgc").orElseThrow().status().interrupted())
                .isPresent();

        bench.failing(Faults.NONE);
        assertThat(bench.run(B, restore).errors()).isEmpty();
    }

    @Test
    void aProcedureThatCannotWriteDownWhatItDoesReturnsAnError() {
        bench.failing((server, sql) -> Optional.of(new Fault.DiskFull()));

        Heard heard = bench.run(
                B,
                "DECLARE @rc int; EXEC @rc = msdb.dbo.sp_update_job @job_name = N'x', @enabled = 0; SELECT @rc AS rc");

        assertThat(heard.errors()).containsExactly(9002);
    }

    @Test
    void aFaultAtAProcedureIsNamedWithoutTheVariableForItsReturnCode() {
        bench.failing((server, sql) ->
                sql.startsWith("EXEC msdb.dbo.sp_update_job") ? Optional.of(new Fault.Drop()) : Optional.empty());

        Heard heard = bench.run(B, "DECLARE @rc int; EXEC @rc = msdb.dbo.sp_update_job @job_name = N'x', @enabled = 0");

        assertThat(heard.dropped()).isTrue();
    }

    @Test
    void namesAStatementThatItDoesNotKnow() {
        Heard heard = bench.run(B, "CREATE TABLE x (a int)");

        assertThat(heard.errors()).containsExactly(50000);
        assertThat(heard.messages().get(0).message())
                .contains("CREATE TABLE x (a int)")
                .contains("scene");
        assertThat(bench.run(B, "EXEC sp_configure").errors()).containsExactly(50000);
        assertThat(bench.run(B, "EXEC sp_update_job N'x'").errors()).containsExactly(2812);
    }

    @Test
    void runsNothingOfABatchThatItCannotRead() {
        Heard heard = bench.run(B, restore + "\nGO\n" + other);

        assertThat(heard.errors()).containsExactly(102);
        assertThat(heard.messages().get(0).line()).isEqualTo(2);
        assertThat(bench.server(B).history().restores()).isEmpty();
    }

    @Test
    void goesOnBehindAFailedStatementAndTellsItsLine() {
        Heard heard = bench.run(B, "SET NOCOUNT ON;\nKILL 99;\n" + restore);

        assertThat(heard.errors()).containsExactly(6106);
        assertThat(heard.messages().get(0).line()).isEqualTo(2);
        assertThat(bench.server(B).history().restores()).hasSize(1);
    }

    private static Optional<Fault> fault(String sql, Fault fault) {
        return sql.startsWith("RESTORE") ? Optional.of(fault) : Optional.empty();
    }

    private static EstateState sleeping(EstateState state, int spid, Sessions.Connection.Kind kind) {
        return state.change(
                B,
                server -> server.with(server.sessions()
                        .plus(new Sessions.Connection(
                                spid, "x", "x", "x", "master", Sessions.Connection.WAITING, Sample.NOW, kind))));
    }

    private int refusal(String user, String password, String database) {
        return ((Backend.Admission.Refused)
                        bench.backend(B).admit(new Backend.Login(user, password, "p", "w", database)))
                .error()
                .number();
    }
}
