package dev.runbook.rehearsal.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.rehearsal.model.Agent;
import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.LogShipping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Log shipping from SQLA to SQLB, set up by its procedures and run by its jobs. */
class LogShippingTest {
    private static final String A = "SQLA\\RTC";
    private static final String B = "SQLB\\RTC";

    @TempDir
    Path folder;

    private final AtomicLong ids = new AtomicLong(1);
    private Instant now = Sample.NOW.toInstant(ZoneOffset.UTC);
    private Path share;
    private Path copies;
    private Bench bench;

    @BeforeEach
    void makeFolders() throws IOException {
        share = Files.createDirectory(folder.resolve("share"));
        copies = Files.createDirectory(folder.resolve("copies"));
        bench = new Bench(
                Sample.estate(Map.of("D:\\pchatlogs", copies.toString(), share.toString(), share.toString())));
    }

    @Test
    void shipsWhatIsWrittenOnThePrimary() throws IOException {
        setUp();
        schedule();
        bench.store().update(state -> state.change(A, server -> server.change("mgc", it -> it.written("anybody?"))));
        tick();
        bench.store().update(state -> state.change(A, server -> server.change("mgc", it -> it.written("yes"))));
        tick();

        assertThat(bench.mgc(B).contents()).isEqualTo(bench.mgc(A).contents());
        assertThat(bench.mgc(B).status()).isEqualTo(Database.Status.RESTORING);
        assertThat(names(copies)).hasSize(2).isEqualTo(names(share)).allMatch(name -> name.endsWith(".trn"));
        LogShipping there = bench.server(B).shipping();
        assertThat(there.secondaryDatabases()
                        .get(0)
                        .lastRestored()
                        .orElseThrow()
                        .file())
                .isEqualTo("D:\\pchatlogs\\" + names(share).get(1));
        assertThat(there.secondaries().get(0).lastCopied()).isPresent();
        assertThat(bench.server(A).shipping().primaries().get(0).lastBackup()).isPresent();
        assertThat(bench.server(A).history().backups())
                .allMatch(row -> row.device().endsWith(".trn"));
    }

    @Test
    void bringsJobsIntoTheWorldDisabledAndUnscheduled() throws IOException {
        setUp();
        tick();

        assertThat(bench.server(A).agent().jobs())
                .filteredOn(job -> job.kind() == Agent.Kind.LOG_BACKUP)
                .singleElement()
                .matches(job -> !job.enabled() && job.schedules().isEmpty());
        assertThat(bench.server(B).agent().jobs()).hasSize(2).noneMatch(Agent.Job::due);
        assertThat(names(share)).isEmpty();
    }

    @Test
    void runsAJobThatSomebodyStarted() throws IOException {
        setUp();
        assertThat(bench.run(A, "EXEC msdb.dbo.sp_start_job @job_name = N'LSBackup_mgc'")
                        .errors())
                .isEmpty();
        assertThat(bench.run(A, "EXEC msdb.dbo.sp_start_job @job_name = N'LSBackup_mgc'")
                        .errors())
                .containsExactly(22022);
        tick();

        assertThat(names(share)).hasSize(1);
        assertThat(bench.server(A).agent().job("LSBackup_mgc").orElseThrow().running())
                .isFalse();
    }

    @Test
    void skipsTheBackupWhereTheDatabaseIsNotOnline() throws IOException {
        setUp();
        schedule();
        bench.store().update(state -> state.change(A, server -> server.change("mgc", it -> Sample.restoring(1000))));
        tick();

        assertThat(names(share)).isEmpty();
        assertThat(message(A, "LSBackup_mgc")).startsWith("32008");
    }

    @Test
    void stopsAtAGapUntilTheMissingFileIsThere() throws IOException {
        setUp();
        schedule();
        tick();
        tick();
        tick();
        Path missing = copies.resolve(names(copies).get(1));
        EstateState before = bench.state();
        // as if the second file had been lost before the restore job came to it
        bench.store()
                .update(state -> state.change(
                        B,
                        server -> server.change("mgc", it -> Sample.restoring(1000))
                                .with(server.shipping()
                                        .withSecondaryDatabases(List.of(new LogShipping.SecondaryDatabase(
                                                "mgc",
                                                server.shipping()
                                                        .secondaries()
                                                        .get(0)
                                                        .id(),
                                                0,
                                                true,
                                                false,
                                                false,
                                                new LogShipping.Alert(45, 14421, true, 5760),
                                                Optional.empty()))))));
        Files.move(missing, folder.resolve("hidden.trn"));
        bench.run(A, "EXEC msdb.dbo.sp_update_job @job_name = N'LSBackup_mgc', @enabled = 0");
        tick();
        assertThat(message(B, "LSRestore_mgc")).contains("too recent");
        Files.move(folder.resolve("hidden.trn"), missing);
        tick();

        assertThat(bench.mgc(B).contents())
                .isEqualTo(before.server(B).database("mgc").orElseThrow().contents());
        assertThat(message(B, "LSRestore_mgc")).startsWith("Restored up to");
    }

    @Test
    void takesTheJobsAwayWithTheLastSecondaryDatabase() {
        setUp();
        String delete = "EXEC master.dbo.sp_delete_log_shipping_secondary_database @secondary_database = N'mgc'";

        assertThat(bench.run(B, delete).errors()).isEmpty();
        assertThat(bench.server(B).agent().jobs()).isEmpty();
        assertThat(bench.server(B).shipping()).isEqualTo(LogShipping.NONE);
        assertThat(bench.mgc(B).status()).isEqualTo(Database.Status.RESTORING);
        assertThat(bench.run(B, delete).errors()).containsExactly(32014);
        assertThat(bench.run(A, delete).errors()).containsExactly(32014);
    }

    @Test
    void refusesToAddTwiceUnlessToldToOverwrite() {
        setUp();

        assertThat(bench.run(A, primary("")).errors()).containsExactly(32009);
        assertThat(bench.run(A, primarySecondary("")).errors()).containsExactly(32012);
        assertThat(bench.run(B, secondaryPrimary("")).errors()).containsExactly(32024);
        assertThat(bench.run(B, secondaryDatabase("")).errors()).containsExactly(32013);
        assertThat(bench.run(A, primary(", @overwrite = 1")).errors()).isEmpty();
        assertThat(bench.run(A, primarySecondary(", @overwrite = 1")).errors()).isEmpty();
        assertThat(bench.run(B, secondaryPrimary(", @overwrite = 1")).errors()).isEmpty();
        assertThat(bench.run(B, secondaryDatabase(", @overwrite = 1")).errors()).isEmpty();
        assertThat(bench.server(A).shipping().primarySecondaries()).hasSize(1);
        assertThat(bench.server(B).agent().jobs()).hasSize(2);
    }

    @Test
    void keepsTheOrderOfTakingDown() {
        setUp();
        String database = "EXEC sp_delete_log_shipping_primary_database @database = N'mgc'";
        String secondary = "EXEC sp_delete_log_shipping_primary_secondary N'mgc', N'SQLB\\RTC', N'mgc'";

        assertThat(bench.run(A, database).errors()).containsExactly(32011);
        assertThat(bench.run(A, secondary).errors()).isEmpty();
        assertThat(bench.run(A, database).errors()).isEmpty();
        assertThat(bench.run(A, database).errors()).containsExactly(32010);
        assertThat(bench.server(A).agent().jobs()).isEmpty();
        assertThat(bench.run(
                                B,
                                secondaryDatabase(", @overwrite = 1")
                                        .replace("@primary_server = N'SQLA", "@primary_server = N'OTHER"))
                        .errors())
                .containsExactly(32023);
    }

    private void setUp() {
        for (String sql : List.of(primary(""), primarySecondary(""))) {
            assertThat(bench.run(A, sql).errors()).isEmpty();
        }
        for (String sql : List.of(secondaryPrimary(""), secondaryDatabase(""))) {
            assertThat(bench.run(B, sql).errors()).isEmpty();
        }
    }

    private void schedule() {
        schedule(A, "LSBackup_mgc");
        schedule(B, "LSCopy_mgc");
        schedule(B, "LSRestore_mgc");
    }

    private void schedule(String server, String job) {
        assertThat(bench.run(
                                server,
                                "EXEC msdb.dbo.sp_add_jobschedule @job_name = N'" + job
                                        + "', @name = N'often', @freq_type = 4, @freq_interval = 1,"
                                        + " @freq_subday_type = 4, @freq_subday_interval = 15")
                        .errors())
                .isEmpty();
        assertThat(bench.run(server, "EXEC msdb.dbo.sp_update_job @job_name = N'" + job + "', @enabled = 1")
                        .errors())
                .isEmpty();
    }

    private String primary(String more) {
        return "EXEC sp_add_log_shipping_primary_database @database = N'mgc', @backup_directory = N'" + share
                + "', @backup_share = N'" + share
                + "', @backup_job_name = N'LSBackup_mgc', @backup_retention_period = N'4320'" + more;
    }

    private static String primarySecondary(String more) {
        return "EXEC sp_add_log_shipping_primary_secondary @primary_database = N'mgc',"
                + " @secondary_server = N'SQLB\\RTC', @secondary_database = N'mgc'" + more;
    }

    private String secondaryPrimary(String more) {
        return "EXEC sp_add_log_shipping_secondary_primary @primary_server = N'SQLA\\RTC', @primary_database = N'mgc',"
                + " @backup_source_directory = N'" + share + "', @backup_destination_directory = N'D:\\pchatlogs',"
                + " @copy_job_name = N'LSCopy_mgc', @restore_job_name = N'LSRestore_mgc', @file_retention_period = 60"
                + more;
    }

    private static String secondaryDatabase(String more) {
        return "EXEC sp_add_log_shipping_secondary_database @secondary_database = N'mgc',"
                + " @primary_server = N'SQLA\\RTC', @primary_database = N'mgc', @restore_mode = N'False'" + more;
    }

    private void tick() {
        now = now.plusSeconds(60);
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        Housekeeping housekeeping =
                new Housekeeping(clock, () -> Sample.id(50_000 + ids.incrementAndGet()), Duration.ofSeconds(1));
        bench.store().update(housekeeping::tick);
    }

    private String message(String server, String job) {
        return bench.server(server)
                .agent()
                .job(job)
                .flatMap(Agent.Job::activity)
                .orElseThrow()
                .message();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
