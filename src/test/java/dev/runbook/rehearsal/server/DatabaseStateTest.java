package dev.runbook.rehearsal.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.rehearsal.model.BackupSet;
import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.Database.Status;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.Lsn;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.model.Sessions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The states of a database and what each statement makes of them, row by row; the subject is mgc on SQLB. */
class DatabaseStateTest {
    private static final String B = "SQLB\\RTC";

    @TempDir
    Path folder;

    @BeforeEach
    void writeBackups() throws IOException {
        Database.Lineage other = Database.Lineage.founded(Sample.id(77), Sample.FORK, Lsn.of(0));
        Database.Lineage otherFork = Database.Lineage.founded(Sample.FAMILY, Sample.id(78), Lsn.of(0));
        write("full.bak", Sample.full(900, 1000));
        write("next.trn", Sample.log(1000, 1100));
        write("overlap.trn", Sample.log(950, 1050));
        write("later.trn", Sample.log(1100, 1200));
        write("applied.trn", Sample.log(900, 1000));
        write("fork.trn", Sample.set(BackupSet.Type.LOG, 1000, 1100, otherFork));
        write("foreign.trn", Sample.set(BackupSet.Type.LOG, 1000, 1100, other));
        write("foreign.bak", Sample.set(BackupSet.Type.FULL, 900, 1000, other));
    }

    @ParameterizedTest(name = "{0}: {1} -> {2} {3}")
    @CsvSource(delimiter = '|', textBlock = """
        absent      | RESTORE DATABASE mgc FROM DISK = N'full.bak' WITH NORECOVERY          | RESTORING |
        absent      | RESTORE DATABASE mgc FROM DISK = N'full.bak' WITH RECOVERY            | ONLINE    |
        absent      | RESTORE DATABASE mgc FROM DISK = N'full.bak'                          | ONLINE    |
        absent      | RESTORE DATABASE mgc FROM DISK = N'full.bak' WITH STANDBY = N'u.dat'  | STANDBY   |
        absent      | RESTORE LOG mgc FROM DISK = N'next.trn' WITH NORECOVERY               | absent    | 3118 3013
        absent      | ALTER DATABASE mgc SET READ_ONLY                                      | absent    | 5011 5069
        absent      | RESTORE DATABASE mgc WITH RECOVERY                                    | absent    | 911 3013
        absent      | BACKUP DATABASE mgc TO DISK = N'new.bak'                              | absent    | 911 3013
        absent      | DROP DATABASE mgc                                                     | absent    | 3701
        restoring   | RESTORE LOG mgc FROM DISK = N'next.trn' WITH FILE = 1, NORECOVERY     | RESTORING |
        restoring   | RESTORE LOG mgc FROM DISK = N'overlap.trn' WITH NORECOVERY            | RESTORING |
        restoring   | RESTORE LOG mgc FROM DISK = N'next.trn' WITH RECOVERY                 | ONLINE    |
        restoring   | RESTORE LOG mgc FROM DISK = N'next.trn'                               | ONLINE    |
        restoring   | RESTORE LOG mgc FROM DISK = N'next.trn' WITH STANDBY = N'u.dat'       | STANDBY   |
        restoring   | RESTORE LOG mgc FROM DISK = N'later.trn' WITH NORECOVERY              | RESTORING | 4305 3013
        restoring   | RESTORE LOG mgc FROM DISK = N'applied.trn' WITH NORECOVERY            | RESTORING | 4326 3013
        restoring   | RESTORE LOG mgc FROM DISK = N'fork.trn' WITH NORECOVERY               | RESTORING | 4330 3013
        restoring   | RESTORE LOG mgc FROM DISK = N'foreign.trn' WITH NORECOVERY            | RESTORING | 3154 3013
        restoring   | RESTORE LOG mgc FROM DISK = N'full.bak' WITH NORECOVERY               | RESTORING | 3135 3013
        restoring   | RESTORE LOG mgc FROM DISK = N'gone.trn' WITH NORECOVERY               | RESTORING | 3201 3013
        restoring   | RESTORE LOG mgc FROM DISK = N'next.trn' WITH FILE = 2, NORECOVERY     | RESTORING | 4038 3013
        restoring   | RESTORE DATABASE mgc WITH RECOVERY                                    | ONLINE    |
        restoring   | RESTORE DATABASE mgc                                                  | ONLINE    |
        restoring   | USE mgc                                                               | RESTORING | 927
        restoring   | SELECT COUNT(*) FROM mgc.sys.tables                                   | RESTORING | 927
        restoring   | SELECT COUNT(*) FROM [mgc]..x                                         | RESTORING | 927
        restoring   | SELECT state_desc FROM sys.databases                                  | RESTORING |
        restoring   | BACKUP LOG mgc TO DISK = N'new.trn'                                   | RESTORING | 927 3013
        restoring   | ALTER DATABASE mgc SET READ_ONLY                                      | RESTORING | 5052 5069
        restoring   | DROP DATABASE mgc                                                     | absent    |
        restoring   | RESTORE DATABASE mgc FROM DISK = N'foreign.bak' WITH NORECOVERY       | RESTORING | 3154 3013
        restoring   | RESTORE DATABASE mgc FROM DISK = N'foreign.bak' WITH REPLACE          | ONLINE    |
        mirror      | RESTORE LOG mgc FROM DISK = N'next.trn' WITH NORECOVERY               | RESTORING | 3104 3013
        mirror      | RESTORE DATABASE mgc WITH RECOVERY                                    | RESTORING | 3104 3013
        mirror      | BACKUP LOG mgc TO DISK = N'new.trn'                                   | RESTORING | 3059 3013
        mirror      | SELECT COUNT(*) FROM mgc.sys.tables                                   | RESTORING | 954
        mirror      | ALTER DATABASE mgc SET PARTNER FAILOVER                               | RESTORING | 1470 5069
        mirror      | DROP DATABASE mgc                                                     | RESTORING | 3743
        standby     | UPDATE mgc.dbo.tblChat SET body = N'x' WHERE id = 1                   | STANDBY   | 3906
        standby     | insert into [mgc]..tblChat (id) values (1)                            | STANDBY   | 3906
        standby     | DELETE FROM mgc.dbo.tblChat                                           | STANDBY   | 3906
        standby     | CREATE TABLE mgc.dbo.t (id int)                                       | STANDBY   | 3906
        restoring   | UPDATE mgc.dbo.tblChat SET body = N'x'                                | RESTORING | 927
        online      | UPDATE mgc.dbo.tblChat SET body = N'x'                                | ONLINE    | 50000
        standby     | RESTORE LOG mgc FROM DISK = N'next.trn' WITH NORECOVERY               | RESTORING |
        standby     | RESTORE DATABASE mgc WITH RECOVERY                                    | ONLINE    |
        standby     | BACKUP DATABASE mgc TO DISK = N'new.bak'                              | STANDBY   | 3036 3013
        standby     | ALTER DATABASE mgc SET SINGLE_USER                                    | STANDBY   | 5063 5069
        readStandby | RESTORE LOG mgc FROM DISK = N'next.trn' WITH NORECOVERY               | STANDBY   | 3101 3013
        readStandby | RESTORE DATABASE mgc WITH RECOVERY                                    | STANDBY   | 3101 3013
        online      | RESTORE LOG mgc FROM DISK = N'next.trn' WITH NORECOVERY               | ONLINE    | 3117 3013
        online      | RESTORE DATABASE mgc WITH RECOVERY                                    | ONLINE    | 3153 3013
        online      | RESTORE DATABASE mgc FROM DISK = N'full.bak' WITH NORECOVERY          | ONLINE    | 3159 3013
        online      | RESTORE DATABASE mgc FROM DISK = N'foreign.bak' WITH NORECOVERY       | ONLINE    | 3154 3013
        online      | RESTORE DATABASE mgc FROM DISK = N'full.bak' WITH REPLACE, NORECOVERY | RESTORING |
        online      | RESTORE DATABASE mgc FROM DISK = N'next.trn' WITH REPLACE             | ONLINE    | 3135 3013
        online      | RESTORE DATABASE mgc FROM DISK = N'full.bak' WITH REPLACE, MOVE N'x' TO N'y' | ONLINE | 3234 3013
        online      | USE mgc; RESTORE DATABASE mgc FROM DISK = N'full.bak' WITH REPLACE    | ONLINE    | 3102 3013
        online      | BACKUP LOG mgc TO DISK = N'new.trn' WITH INIT, NORECOVERY             | RESTORING |
        online      | BACKUP LOG mgc TO DISK = N'missing/new.trn' WITH INIT                 | ONLINE    | 3201 3013
        online      | ALTER DATABASE mgc SET PARTNER OFF                                    | ONLINE    | 1416 5069
        online      | ALTER DATABASE mgc SET PARTNER FAILOVER                               | ONLINE    | 1416 5069
        online      | DROP DATABASE mgc                                                     | absent    |
        occupied    | RESTORE DATABASE mgc FROM DISK = N'full.bak' WITH REPLACE             | ONLINE    | 3101 3013
        occupied    | ALTER DATABASE mgc SET SINGLE_USER                                    | ONLINE    | 5070 5069
        occupied    | ALTER DATABASE mgc SET SINGLE_USER WITH ROLLBACK IMMEDIATE            | ONLINE    |
        occupied    | BACKUP LOG mgc TO DISK = N'new.trn' WITH INIT, NORECOVERY             | ONLINE    | 3101 3013
        occupied    | ALTER DATABASE mgc SET OFFLINE WITH ROLLBACK IMMEDIATE                | OFFLINE   |
        occupied    | ALTER DATABASE mgc SET READ_ONLY                                      | ONLINE    | 5070 5069
        occupied    | KILL 60                                                               | ONLINE    |
        watched     | BACKUP LOG mgc TO DISK = N'new.trn' WITH INIT, NORECOVERY             | RESTORING |
        watched     | KILL 60                                                               | ONLINE    | 6107
        online      | ALTER DATABASE mgc SET OFFLINE                                        | OFFLINE   |
        online      | BACKUP DATABASE model TO DISK = N'new.bak' WITH COPY_ONLY, INIT       | ONLINE    |
        offline     | ALTER DATABASE mgc SET ONLINE                                         | ONLINE    |
        offline     | ALTER DATABASE mgc SET READ_WRITE                                     | OFFLINE   | 942 5069
        offline     | SELECT COUNT(*) FROM mgc.sys.tables                                   | OFFLINE   | 942
        offline     | RESTORE DATABASE mgc FROM DISK = N'full.bak' WITH REPLACE             | ONLINE    |
        principal   | ALTER DATABASE mgc SET OFFLINE WITH ROLLBACK IMMEDIATE                | ONLINE    | 1468 5069
        occupied    | DROP DATABASE mgc                                                     | ONLINE    | 3702
        principal   | RESTORE DATABASE mgc FROM DISK = N'full.bak' WITH REPLACE             | ONLINE    | 3104 3013
        principal   | BACKUP LOG mgc TO DISK = N'new.trn' WITH INIT, NORECOVERY             | ONLINE    | 3104 3013
        principal   | ALTER DATABASE mgc SET READ_ONLY                                      | ONLINE    | 1468 5069
        principal   | ALTER DATABASE mgc SET PARTNER OFF                                    | ONLINE    |
        principal   | ALTER DATABASE mgc SET PARTNER FAILOVER                               | RESTORING |
        simple      | BACKUP LOG mgc TO DISK = N'new.trn'                                   | ONLINE    | 4208 3013
        unchained   | BACKUP LOG mgc TO DISK = N'new.trn'                                   | ONLINE    | 4214 3013
        cutLog      | RESTORE LOG mgc FROM DISK = N'later.trn' WITH NORECOVERY              | RESTORING | 4319 3013
        cutLog      | RESTORE DATABASE mgc WITH RECOVERY                                    | RESTORING | 4319 3013
        cutLog      | RESTORE LOG mgc FROM DISK = N'next.trn' WITH NORECOVERY               | RESTORING |
        cutFull     | RESTORE DATABASE mgc WITH RECOVERY                                    | RESTORING | 4319 3013
        cutFull     | RESTORE DATABASE mgc FROM DISK = N'full.bak' WITH REPLACE             | ONLINE    |
        cutRecovery | RESTORE LOG mgc FROM DISK = N'next.trn' WITH NORECOVERY               | RECOVERING | 4347 3013
        cutRecovery | SELECT COUNT(*) FROM mgc.sys.tables                                   | RECOVERING | 922
        cutRecovery | RESTORE DATABASE mgc WITH RECOVERY                                    | ONLINE    |
        """)
    void goesFromStateToState(String from, String statement, String to, String errors) {
        Bench bench = new Bench(from(from));
        Heard heard = bench.run(B, inFolder(statement));

        assertThat(heard.errors()).isEqualTo(numbers(errors));
        assertThat(state(bench)).isEqualTo(to);
    }

    @Test
    void waitsForTheLogBehindTheLastOne() {
        Bench bench = new Bench(from("restoring"));
        bench.run(B, inFolder("RESTORE LOG mgc FROM DISK = N'next.trn' WITH NORECOVERY"));

        assertThat(bench.mgc(B).log().redo().orElseThrow().start()).isEqualTo(Lsn.of(1100));
        assertThat(bench.mgc(B).contents().messages()).contains("until 1100");
        assertThat(bench.server(B).history().restores()).hasSize(1);
        assertThat(bench.server(B).history().backups().get(0).device()).isEqualTo(folder + "/next.trn");
    }

    @Test
    void beginsANewBranchOfHistoryWithEachRecovery() {
        Bench bench = new Bench(from("restoring"));
        bench.run(B, "RESTORE DATABASE mgc WITH RECOVERY");

        Database.Lineage lineage = bench.mgc(B).lineage();
        assertThat(lineage.family()).isEqualTo(Sample.FAMILY);
        assertThat(lineage.forks()).hasSize(2);
        assertThat(lineage.agrees(Sample.LINEAGE, Lsn.of(1000))).isTrue();
        assertThat(lineage.agrees(Sample.LINEAGE, Lsn.of(1001))).isFalse();
    }

    @Test
    void putsFilesWhereMoveSays() {
        Bench bench = new Bench(from("absent"));
        bench.run(
                B,
                inFolder("RESTORE DATABASE mgc FROM DISK = N'full.bak' WITH FILE = 1, MOVE N'mgc' TO N'E:\\a.mdf',"
                        + " MOVE N'mgc_log' TO N'E:\\a.ldf', REPLACE, RECOVERY, CHECKSUM, STATS = 5"));

        assertThat(bench.mgc(B).files()).extracting(file -> file.physical()).containsExactly("E:\\a.mdf", "E:\\a.ldf");
    }

    private EstateState from(String name) {
        EstateState estate = Sample.estate(folder);
        return switch (name) {
            case "absent" -> estate.change(B, server -> server.without("mgc"));
            case "restoring" -> estate;
            case "mirror" -> Mirrorings.caughtUp(Mirrorings.establish(estate, "SQLA\\RTC", B, "mgc", Sample.id(5)));
            case "principal" ->
                Mirrorings.caughtUp(
                        Mirrorings.establish(database(estate, it -> online()), B, "SQLBM\\RTC", "mgc", Sample.id(5)));
            case "standby" -> database(estate, it -> it.with(Status.STANDBY));
            case "readStandby" ->
                occupied(database(estate, it -> it.with(Status.STANDBY)), Sessions.Connection.Kind.READER);
            case "online" -> database(estate, it -> online());
            case "occupied" -> occupied(database(estate, it -> online()), Sessions.Connection.Kind.READER);
            case "watched" -> occupied(database(estate, it -> online()), Sessions.Connection.Kind.SYSTEM);
            case "offline" -> database(estate, it -> online().with(Status.OFFLINE));
            case "simple" ->
                database(
                        estate,
                        it -> online().with(new Database.Options(
                                Database.RecoveryModel.SIMPLE, Database.UserAccess.MULTI_USER, false)));
            case "unchained" -> database(estate, it -> Sample.mgc());
            case "cutLog" ->
                database(
                        estate,
                        it -> it.with(it.status().cutOff(new Database.Interrupted('L', folder + "/next.trn", 1))));
            case "cutFull" ->
                database(
                        estate,
                        it -> it.with(it.status().cutOff(new Database.Interrupted('D', folder + "/full.bak", 1))));
            case "cutRecovery" -> database(estate, it -> it.with(it.status().cutOff(Database.Interrupted.RECOVERY)));
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Database online() {
        return Sample.mgc().with(Sample.chain(1000).to(Lsn.of(1010)));
    }

    private static EstateState database(EstateState estate, UnaryOperator<Database> change) {
        return estate.change(B, server -> server.change("mgc", change));
    }

    private static EstateState occupied(EstateState estate, Sessions.Connection.Kind kind) {
        return estate.change(
                B,
                (Server server) -> server.with(server.sessions()
                        .plus(new Sessions.Connection(
                                60, "PC21$", "PC21", "chat", "mgc", Sessions.Connection.WAITING, Sample.NOW, kind))));
    }

    private static String state(Bench bench) {
        return bench.server(B)
                .database("mgc")
                .map(it ->
                        it.status().standby() ? "STANDBY" : it.status().state().name())
                .orElse("absent");
    }

    private static List<Integer> numbers(String errors) {
        return errors == null
                ? List.of()
                : Arrays.stream(errors.split(" ")).map(Integer::valueOf).toList();
    }

    private String inFolder(String statement) {
        return statement.replaceFirst(
                "DISK = N'", "DISK = N'" + folder.toString().replace("\\", "\\\\") + "/");
    }

    private void write(String name, BackupSet set) throws IOException {
        BackupDevices.BackupFile.write(folder.resolve(name), List.of(set));
    }
}
