package dev.runbook.rehearsal.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.endpoint.sql.JdbcSqlServer;
import dev.runbook.rehearsal.catalog.H2Catalog;
import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.Lsn;
import dev.runbook.rehearsal.tds.TdsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The T-SQL of a failback in its order, over the real driver, each statement a second time where that means something. It
 * begins where a failover ended: mgc is mirrored in DC2, and Topology Builder made a new and mirrored one in DC1.
 */
class FailbackSequenceTest {
    private static final Limits LIMITS = Limits.within(Duration.ofSeconds(20));
    private static final String A = "SQLA\\RTC";
    private static final String B = "SQLB\\RTC";

    @TempDir
    private Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final AtomicLong ids = new AtomicLong();
    private Instant now = Sample.NOW.toInstant(ZoneOffset.UTC);
    private Bench bench;
    private Path share;
    private JdbcSqlServer primary;
    private JdbcSqlServer primaryMirror;
    private JdbcSqlServer backup;

    @BeforeEach
    void listen() throws IOException {
        share = Files.createDirectory(folder.resolve("share"));
        Path copies = Files.createDirectory(folder.resolve("copies"));
        H2Catalog catalog = new H2Catalog(Clock.systemUTC());
        open.add(catalog);
        bench = new Bench(afterFailover(Map.of("D:\\pchatlogs", copies.toString(), share.toString(), share.toString())))
                .answering(catalog);
        primary = connect("sqla");
        primaryMirror = connect("sqlam");
        backup = connect("sqlb");
    }

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void goesFromStepToStep() {
        removesMirroring();
        String file = backsUpOnTheBackupServer();
        restoresOnThePrimary(file);
        mirrorsThePrimary();
        setsUpThePrimaryHalf();
        swapsAndSwapsBack();
        seedsTheBackupServer();
        setsUpTheSecondaryHalf();
        shipsTheFirstLogBackup();
    }

    private void removesMirroring() {
        assertThat(execute(backup, "ALTER DATABASE [mgc] SET PARTNER OFF")).isEmpty();
        assertThat(execute(backup, "ALTER DATABASE [mgc] SET PARTNER OFF")).isEqualTo("1416");
        assertThat(query(backup, "SELECT state_desc FROM sys.databases WHERE name = N'mgc'"))
                .isEqualTo("ONLINE");
        assertThat(bench.mgc("SQLBM\\RTC").status()).isEqualTo(Database.Status.RESTORING);
        assertThat(bench.mgc("SQLBM\\RTC").mirroring()).isEmpty();
    }

    private String backsUpOnTheBackupServer() {
        String file = share + "\\failback_mgc.bak";
        assertThat(execute(
                        backup,
                        "BACKUP DATABASE [mgc] TO DISK = N'" + file + "' WITH FORMAT, INIT, CHECKSUM,"
                                + " NAME = N'mgc-Full Database Backup', DESCRIPTION = N'failback 7', SKIP, STATS = 10"))
                .isEmpty();
        assertThat(query(
                        backup,
                        "SELECT b.type FROM msdb.dbo.backupset AS b JOIN msdb.dbo.backupmediafamily AS m"
                                + " ON m.media_set_id = b.media_set_id WHERE b.database_name = N'mgc'"
                                + " AND m.physical_device_name = N'" + file + "'"))
                .isEqualTo("D");
        assertThat(query(primary, "RESTORE HEADERONLY FROM DISK = N'" + file + "'", "DatabaseName"))
                .isEqualTo("mgc");
        return file;
    }

    private void restoresOnThePrimary(String file) {
        String restore = "RESTORE DATABASE [mgc] FROM DISK = N'" + file + "' WITH FILE = 1,"
                + " MOVE N'mgc' TO N'E:\\mgc.mdf', MOVE N'mgc_log' TO N'E:\\mgc.ldf', %s RECOVERY, CHECKSUM, STATS = 5";
        assertThat(execute(primary, restore.formatted("REPLACE,"))).isEqualTo("3104");
        assertThat(execute(primary, "ALTER DATABASE [mgc] SET PARTNER OFF")).isEmpty();
        assertThat(execute(primary, restore.formatted(""))).isEqualTo("3154");
        assertThat(execute(primary, restore.formatted("REPLACE,"))).isEmpty();
        assertThat(execute(primary, restore.formatted("REPLACE,"))).isEmpty();
        assertThat(contents(primary)).isEqualTo(contents(backup));
        assertThat(bench.mgc(A).contents()).isEqualTo(bench.mgc(B).contents());
        assertThat(query(
                        primary,
                        "SELECT TOP (1) m.physical_device_name FROM msdb.dbo.restorehistory AS h"
                                + " JOIN msdb.dbo.backupset AS b ON b.backup_set_id = h.backup_set_id"
                                + " JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id"
                                + " ORDER BY h.restore_history_id DESC"))
                .isEqualTo(file);
    }

    private void mirrorsThePrimary() {
        bench.store().update(state -> Mirrorings.establish(state, A, "SQLAM\\RTC", "mgc", Sample.id(501)));
        tick();
        assertThat(role(primary)).isEqualTo("PRINCIPAL/SYNCHRONIZED");
        assertThat(role(primaryMirror)).isEqualTo("MIRROR/SYNCHRONIZED");
        assertThat(query(primaryMirror, "SELECT COUNT(*) AS n FROM mgc.sys.tables"))
                .isEqualTo("954");
    }

    private void setsUpThePrimaryHalf() {
        assertThat(call(primary, "master.dbo.sp_add_log_shipping_primary_database", primaryDatabase()))
                .isEmpty();
        assertThat(call(primary, "master.dbo.sp_add_log_shipping_alert_job")).isEmpty();
        assertThat(call(primary, "master.dbo.sp_add_log_shipping_alert_job")).isEmpty();
        assertThat(call(primary, "master.dbo.sp_add_log_shipping_primary_secondary", primarySecondary()))
                .isEmpty();
        assertThat(call(primaryMirror, "master.dbo.sp_add_log_shipping_primary_database", primaryDatabase()))
                .isEqualTo("32007");
    }

    private void swapsAndSwapsBack() {
        assertThat(execute(primary, "ALTER DATABASE [mgc] SET PARTNER FAILOVER"))
                .isEmpty();
        assertThat(execute(primary, "ALTER DATABASE [mgc] SET PARTNER FAILOVER"))
                .isEqualTo("1470");
        assertThat(role(primaryMirror)).isEqualTo("PRINCIPAL/SYNCHRONIZED");
        assertThat(call(primaryMirror, "master.dbo.sp_add_log_shipping_primary_database", primaryDatabase()))
                .isEmpty();
        assertThat(call(primaryMirror, "master.dbo.sp_add_log_shipping_primary_secondary", primarySecondary()))
                .isEmpty();
        assertThat(execute(primaryMirror, "ALTER DATABASE [mgc] SET PARTNER FAILOVER"))
                .isEmpty();
        assertThat(role(primary)).isEqualTo("PRINCIPAL/SYNCHRONIZED");
        assertThat(bench.mgc("SQLAM\\RTC").mirroring().orElseThrow().role()).isEqualTo(Database.Mirroring.Role.MIRROR);
    }

    private void seedsTheBackupServer() {
        String seed = share + "\\seed_mgc.bak";
        assertThat(execute(primary, "BACKUP DATABASE [mgc] TO DISK = N'" + seed + "' WITH FORMAT, INIT, CHECKSUM"))
                .isEmpty();
        assertThat(execute(
                        backup,
                        "RESTORE DATABASE [mgc] FROM DISK = N'" + seed
                                + "' WITH FILE = 1, REPLACE, NORECOVERY, CHECKSUM, STATS = 5"))
                .isEmpty();
        assertThat(query(backup, "SELECT COUNT(*) AS n FROM mgc.sys.tables")).isEqualTo("927");
    }

    private void setsUpTheSecondaryHalf() {
        assertThat(call(
                        backup,
                        "master.dbo.sp_add_log_shipping_secondary_primary",
                        "primary_server",
                        A,
                        "primary_database",
                        "mgc",
                        "backup_source_directory",
                        share.toString(),
                        "backup_destination_directory",
                        "D:\\pchatlogs",
                        "copy_job_name",
                        "LSCopy_mgc",
                        "restore_job_name",
                        "LSRestore_mgc",
                        "file_retention_period",
                        "4320"))
                .isEmpty();
        assertThat(call(
                        backup,
                        "master.dbo.sp_add_log_shipping_secondary_database",
                        "secondary_database",
                        "mgc",
                        "primary_server",
                        A,
                        "primary_database",
                        "mgc",
                        "restore_mode",
                        "0",
                        "restore_delay",
                        "0"))
                .isEmpty();
        for (String job : List.of("LSCopy_mgc", "LSRestore_mgc")) {
            schedule(backup, job);
        }
        schedule(primary, "LSBackup_mgc");
        schedule(primaryMirror, "LSBackup_mgc");
    }

    private void shipsTheFirstLogBackup() {
        tick();
        tick();
        assertThat(query(
                        backup,
                        "SELECT last_restored_file FROM msdb.dbo.log_shipping_secondary_databases"
                                + " WHERE secondary_database = N'mgc'"))
                .startsWith("D:\\pchatlogs\\mgc_")
                .endsWith(".trn");
        assertThat(bench.mgc(B).log().redo().orElseThrow().start())
                .isEqualTo(bench.mgc(A).log().last());
        assertThat(bench.mgc(B).lineage()).isEqualTo(bench.mgc(A).lineage());
    }

    private EstateState afterFailover(Map<String, String> paths) {
        Database.Lineage rebuilt = Database.Lineage.founded(Sample.id(601), Sample.id(602), Lsn.of(0));
        Database served = Sample.mgc()
                .with(Sample.LINEAGE.forked(Sample.id(603), Lsn.of(1000)))
                .with(Sample.chain(1000).to(Lsn.of(1200)));
        EstateState estate = Sample.estate(paths)
                .change(A, server -> server.with(Sample.mgc().with(rebuilt)))
                .change(B, server -> server.with(served));
        EstateState inDc1 = Mirrorings.establish(estate, A, "SQLAM\\RTC", "mgc", Sample.id(604));
        return Mirrorings.caughtUp(Mirrorings.establish(inDc1, B, "SQLBM\\RTC", "mgc", Sample.id(605)));
    }

    private JdbcSqlServer connect(String host) throws IOException {
        TdsServer server = TdsServer.start(bench.backend(host.toUpperCase(Locale.ROOT) + "\\RTC"));
        open.add(server);
        JdbcSqlServer client = JdbcSqlServer.of(
                new SqlTarget(
                        host + ".litwareinc.com",
                        Optional.of("RTC"),
                        OptionalInt.empty(),
                        new SqlTarget.Login.Sql("dba", new Value.Secret("secret")),
                        SqlTarget.Encryption.FALSE,
                        true,
                        Optional.of(server.address()),
                        Optional.empty()),
                "runbook test");
        open.add(client);
        return client;
    }

    private void tick() {
        now = now.plusSeconds(60);
        Housekeeping housekeeping = new Housekeeping(
                Clock.fixed(now, ZoneOffset.UTC),
                () -> Sample.id(90_000 + ids.incrementAndGet()),
                Duration.ofSeconds(1));
        bench.store().update(housekeeping::tick);
    }

    private void schedule(JdbcSqlServer server, String job) {
        assertThat(call(
                        server,
                        "msdb.dbo.sp_add_jobschedule",
                        "job_name",
                        job,
                        "name",
                        "every 15 minutes",
                        "freq_type",
                        "4",
                        "freq_subday_type",
                        "4",
                        "freq_subday_interval",
                        "15"))
                .isEmpty();
        assertThat(call(server, "msdb.dbo.sp_update_job", "job_name", job, "enabled", "1"))
                .isEmpty();
    }

    private String[] primaryDatabase() {
        return new String[] {
            "database", "mgc",
            "backup_directory", share.toString(),
            "backup_share", share.toString(),
            "backup_job_name", "LSBackup_mgc",
            "backup_retention_period", "4320",
            "threshold_alert_enabled", "1",
            "overwrite", "1"
        };
    }

    private static String[] primarySecondary() {
        return new String[] {
            "primary_database", "mgc", "secondary_server", B, "secondary_database", "mgc", "overwrite", "1"
        };
    }

    private static String contents(JdbcSqlServer server) {
        return query(
                server,
                "SELECT SUM(p.rows) AS n FROM mgc.sys.tables AS t JOIN mgc.sys.partitions AS p"
                        + " ON p.object_id = t.object_id WHERE p.index_id IN (0, 1)");
    }

    private static String role(JdbcSqlServer server) {
        return query(server, "SELECT mirroring_role_desc FROM sys.database_mirroring WHERE database_id = DB_ID(N'mgc')")
                + "/"
                + query(
                        server,
                        "SELECT mirroring_state_desc FROM sys.database_mirroring WHERE database_id = DB_ID(N'mgc')");
    }

    private static String call(JdbcSqlServer server, String procedure, String... parameters) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            values.put(parameters[i], Value.of(parameters[i + 1]));
        }
        return code(server.call(procedure, values, LIMITS));
    }

    private static String execute(JdbcSqlServer server, String sql) {
        return code(server.execute(sql, LIMITS));
    }

    /** The error that classifies the failure; empty when there was none. */
    private static String code(Answer answer) {
        return answer instanceof Answer.Failed failed ? failed.failure().code() : "";
    }

    /** The first column of the only row, or the error. */
    private static String query(JdbcSqlServer server, String sql) {
        return answered(server.query(sql, LIMITS), Optional.empty());
    }

    private static String query(JdbcSqlServer server, String sql, String column) {
        return answered(server.query(sql, LIMITS), Optional.of(column));
    }

    private static String answered(Answer answer, Optional<String> column) {
        if (answer instanceof Answer.Failed failed) {
            return failed.failure().code();
        }
        List<Row> rows = ((Answer.Rows) answer).rows();
        assertThat(rows).hasSize(1);
        String name = column.orElseGet(() -> rows.get(0).names().iterator().next());
        return rows.get(0).get(name).orElseThrow().text();
    }
}
