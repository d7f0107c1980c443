package dev.runbook.rehearsal.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.Lsn;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups, and how their places in the log fit together. mgc is online on SQLA and waits on SQLB. */
class BackupTest {
    private static final String A = "SQLA\\RTC";
    private static final String B = "SQLB\\RTC";

    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void begin() {
        bench = new Bench(Sample.estate(folder));
    }

    @Test
    void letsEachLogBackupBeginWhereTheOneBeforeEnded() {
        log("1.trn");
        write("one more");
        log("2.trn");

        assertThat(header("2.trn", "FirstLSN")).isEqualTo(header("1.trn", "LastLSN"));
        assertThat((BigDecimal) header("2.trn", "LastLSN")).isGreaterThan((BigDecimal) header("2.trn", "FirstLSN"));
        assertThat(header("1.trn", "BeginsLogChain")).isEqualTo(true);
        assertThat(header("2.trn", "BeginsLogChain")).isEqualTo(false);
    }

    @Test
    void doesNotBreakTheChainWithAFullBackupOrACopy() {
        log("1.trn");
        ok(A, "BACKUP DATABASE mgc TO DISK = N'" + file("full.bak") + "' WITH INIT");
        ok(A, "BACKUP LOG mgc TO DISK = N'" + file("copy.trn") + "' WITH INIT, COPY_ONLY");
        log("2.trn");

        assertThat(header("2.trn", "FirstLSN")).isEqualTo(header("1.trn", "LastLSN"));
        assertThat(header("copy.trn", "IsCopyOnly")).isEqualTo(true);
    }

    @Test
    void breaksTheChainWithSimple() {
        ok(A, "ALTER DATABASE mgc SET RECOVERY SIMPLE");
        ok(A, "ALTER DATABASE mgc SET RECOVERY FULL");
        String log = "BACKUP LOG mgc TO DISK = N'" + file("1.trn") + "' WITH INIT";

        assertThat(bench.run(A, log).errors()).containsExactly(4214, 3013);
        ok(A, "BACKUP DATABASE mgc TO DISK = N'" + file("full.bak") + "' WITH INIT");
        ok(A, log);
    }

    @Test
    void carriesASecondaryForwardFromAFullBackup() {
        write("before");
        ok(A, "BACKUP DATABASE mgc TO DISK = N'" + file("full.bak") + "' WITH INIT");
        ok(B, "RESTORE DATABASE mgc FROM DISK = N'" + file("full.bak") + "' WITH REPLACE, NORECOVERY");
        write("after");
        log("1.trn");
        ok(B, restore("1.trn"));

        assertThat(bench.run(B, restore("1.trn")).errors()).containsExactly(4326, 3013);
        assertThat(bench.mgc(B).contents()).isEqualTo(bench.mgc(A).contents());
    }

    @Test
    void refusesTheLogOfTheOldPrimaryOnceTheSecondaryWentItsOwnWay() {
        write("lost");
        log("old.trn");
        ok(B, "RESTORE DATABASE mgc WITH RECOVERY");
        assertThat(bench.run(B, "RESTORE DATABASE mgc WITH RECOVERY").errors()).containsExactly(3153, 3013);
        assertThat(bench.run(B, restore("old.trn")).errors()).containsExactly(3117, 3013);
        ok(B, "BACKUP DATABASE mgc TO DISK = N'" + file("failback.bak") + "' WITH INIT");
        ok(A, "RESTORE DATABASE mgc FROM DISK = N'" + file("failback.bak") + "' WITH REPLACE, RECOVERY");
        ok(A, "BACKUP DATABASE mgc TO DISK = N'" + file("seed.bak") + "' WITH INIT");
        ok(B, "RESTORE DATABASE mgc FROM DISK = N'" + file("seed.bak") + "' WITH REPLACE, NORECOVERY");

        assertThat(bench.run(B, restore("old.trn")).errors()).containsExactly(4330, 3013);
        log("new.trn");
        ok(B, restore("new.trn"));
        assertThat(header("new.trn", "FirstRecoveryForkID")).isNotEqualTo(header("old.trn", "RecoveryForkID"));
        assertThat(header("new.trn", "FamilyGUID")).isEqualTo(header("old.trn", "FamilyGUID"));
    }

    @Test
    void appendsWithoutInitSoThatSetOneIsTheOldOne() {
        String backup = "BACKUP DATABASE mgc TO DISK = N'" + file("mgc.bak") + "'";
        ok(A, backup);
        write("newer");
        ok(A, backup);
        List<Map<String, Object>> headers = bench.run(A, "RESTORE HEADERONLY FROM DISK = N'" + file("mgc.bak") + "'")
                .rows();
        ok(B, "RESTORE DATABASE mgc FROM DISK = N'" + file("mgc.bak") + "' WITH REPLACE, RECOVERY");

        assertThat(headers).extracting(row -> row.get("Position")).containsExactly(1, 2);
        assertThat(bench.mgc(B).contents().messages()).doesNotContain("newer");
        ok(B, "RESTORE DATABASE mgc FROM DISK = N'" + file("mgc.bak") + "' WITH FILE = 2, REPLACE, RECOVERY");
        assertThat(bench.mgc(B).contents().messages()).contains("newer");
    }

    @Test
    void freezesTheOldPrimaryWithItsTail() {
        write("the last words");
        ok(
                A,
                "BACKUP LOG [mgc] TO DISK = N'" + file("tail.trn")
                        + "' WITH FORMAT, INIT, CHECKSUM, NORECOVERY, STATS = 10");
        ok(B, restore("tail.trn"));

        assertThat(bench.mgc(A).status()).isEqualTo(Database.Status.RESTORING);
        assertThat(bench.mgc(B).contents().messages()).endsWith("the last words");
        ok(A, "RESTORE DATABASE [mgc] WITH RECOVERY");
        assertThat(bench.mgc(A).writable()).isTrue();
    }

    @Test
    void listsTheFilesOfABackup() {
        log("1.trn");

        assertThat(bench.run(B, "RESTORE FILELISTONLY FROM DISK = N'" + file("1.trn") + "'")
                        .rows())
                .extracting(row -> row.get("LogicalName") + " " + row.get("Type"))
                .containsExactly("mgc D", "mgc_log L");
        assertThat(bench.run(B, "RESTORE VERIFYONLY FROM DISK = N'" + file("1.trn") + "' WITH CHECKSUM")
                        .information())
                .containsExactly(3262);
    }

    @Test
    void takesNoFileOfAnotherDatabase() {
        ok(A, "BACKUP DATABASE mgc TO DISK = N'" + file("mgc.bak") + "' WITH INIT");
        Heard heard = bench.run(A, "RESTORE DATABASE other FROM DISK = N'" + file("mgc.bak") + "' WITH RECOVERY");

        assertThat(heard.errors()).containsExactly(1834, 3156, 3119, 3013);
    }

    @Test
    void mirrorsByHandFirstOnTheMirrorThenOnThePrincipal() {
        ok(A, "BACKUP DATABASE mgc TO DISK = N'" + file("mgc.bak") + "' WITH INIT");
        ok(B, "RESTORE DATABASE mgc FROM DISK = N'" + file("mgc.bak") + "' WITH REPLACE, NORECOVERY");
        log("1.trn");
        String onMirror = "ALTER DATABASE mgc SET PARTNER = N'TCP://sqla.litwareinc.com:5022'";
        String onPrincipal = "ALTER DATABASE mgc SET PARTNER = N'TCP://sqlb.litwareinc.com:5022'";

        assertThat(bench.run(A, onPrincipal).errors()).containsExactly(1418, 5069);
        ok(B, onMirror);
        assertThat(bench.run(A, onPrincipal).errors()).containsExactly(1412, 5069);
        ok(B, "ALTER DATABASE mgc SET PARTNER OFF");
        ok(B, restore("1.trn"));
        ok(B, onMirror);
        ok(A, onPrincipal);
        assertThat(bench.run(A, onPrincipal).errors()).containsExactly(1405, 5069);
        assertThat(bench.mgc(A).mirroring().orElseThrow().state()).isEqualTo(Database.Mirroring.State.SYNCHRONIZING);
        assertThat(bench.run(A, "ALTER DATABASE mgc SET PARTNER FAILOVER").errors())
                .containsExactly(1422, 5069);
        bench.store().update(Mirrorings::caughtUp);
        write("seen by both");
        ok(A, "ALTER DATABASE mgc SET PARTNER FAILOVER");

        assertThat(bench.mgc(B).online()).isTrue();
        assertThat(bench.mgc(B).contents().messages()).endsWith("seen by both");
        assertThat(bench.mgc(A).status()).isEqualTo(Database.Status.RESTORING);
    }

    @Test
    void noticesAPartnerThatGoesAndComesBack() {
        bench.store().update(state -> Mirrorings.establish(state, A, "SQLAM\\RTC", "mgc", Sample.id(5)));
        bench.store().update(Mirrorings::caughtUp);
        bench.store().update(state -> Mirrorings.follow(state.change("SQLAM\\RTC", server -> server.up(false))));
        assertThat(bench.mgc(A).mirroring().orElseThrow().state()).isEqualTo(Database.Mirroring.State.DISCONNECTED);
        ok(A, "ALTER DATABASE mgc SET PARTNER OFF");
        assertThat(bench.mgc("SQLAM\\RTC").mirroring()).isPresent();
        bench.store().update(state -> Mirrorings.follow(state.change("SQLAM\\RTC", server -> server.up(true))));

        assertThat(bench.mgc("SQLAM\\RTC").mirroring()).isEmpty();
        assertThat(bench.mgc("SQLAM\\RTC").log().redo().orElseThrow().start()).isEqualTo(Lsn.of(1000));
    }

    private void write(String message) {
        bench.store()
                .update(state ->
                        Mirrorings.follow(state.change(A, server -> server.change("mgc", it -> it.written(message)))));
    }

    private void log(String name) {
        ok(A, "BACKUP LOG mgc TO DISK = N'" + file(name) + "' WITH INIT, CHECKSUM");
    }

    private String restore(String name) {
        return "RESTORE LOG mgc FROM DISK = N'" + file(name) + "' WITH NORECOVERY";
    }

    private void ok(String server, String sql) {
        assertThat(bench.run(server, sql).errors()).as(sql).isEmpty();
    }

    private Object header(String name, String column) {
        return bench.run(A, "RESTORE HEADERONLY FROM DISK = N'" + file(name) + "'")
                .rows()
                .get(0)
                .get(column);
    }

    private String file(String name) {
        return folder + "\\" + name;
    }
}
