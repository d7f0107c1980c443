package dev.runbook.rehearsal.server;

import dev.runbook.rehearsal.model.Agent;
import dev.runbook.rehearsal.model.BackupSet;
import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.Lsn;
import dev.runbook.rehearsal.model.Pool;
import dev.runbook.rehearsal.model.Server;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A small estate for tests: SQLA and SQLAM in DC1, SQLB and SQLBM in DC2, mgc online on SQLA and restoring on SQLB. */
public final class Sample {
    public static final LocalDateTime NOW = LocalDateTime.of(2026, 11, 21, 3, 12, 9);
    public static final UUID FAMILY = id(1);
    public static final UUID FORK = id(2);
    public static final Database.Lineage LINEAGE = Database.Lineage.founded(FAMILY, FORK, Lsn.of(0));
    public static final Database.Contents CONTENTS = new Database.Contents(
            List.of(new Database.Contents.Table("tblChat", 2), new Database.Contents.Table("tblNode", 7)),
            List.of("hello", "is DC1 up?"));

    private Sample() {}

    public static UUID id(long number) {
        return new UUID(0, number);
    }

    /** One whose servers see a folder by its real name. */
    public static EstateState estate(Path folder) {
        return estate(Map.of(folder.toString(), folder.toString()));
    }

    public static EstateState estate(Map<String, String> paths) {
        Server a = server("sqla", paths).with(mgc().with(chain(1000)));
        Server b = server("sqlb", paths).with(restoring(1000));
        return new EstateState(List.of(a, server("sqlam", paths), b, server("sqlbm", paths)), pool());
    }

    public static Server server(String host, Map<String, String> paths) {
        return Server.empty(
                new Server.Identity(host + ".litwareinc.com", "RTC", "12.0.6024.0"),
                List.of(new Server.Login("dba", "secret", true), new Server.Login("guest", "guest", false)),
                paths,
                new Agent(true, "LITWAREINC\\sqlagent", 1, List.of()));
    }

    public static Database mgc() {
        return database("mgc");
    }

    public static Database database(String name) {
        return new Database(
                name,
                5,
                NOW.minusDays(30),
                Database.Status.ONLINE,
                Database.Options.USUAL,
                LINEAGE,
                Database.LogPosition.at(Lsn.of(1000)),
                Optional.empty(),
                files(name),
                CONTENTS);
    }

    public static Database restoring(long from) {
        return mgc().with(Database.Status.RESTORING)
                .with(chain(from).waiting(new Database.LogPosition.Redo(Lsn.of(from), FORK)));
    }

    public static Database.LogPosition chain(long from) {
        return Database.LogPosition.at(Lsn.of(from)).fullyBackedUp(Lsn.of(from));
    }

    public static List<Database.DatabaseFile> files(String name) {
        return List.of(
                new Database.DatabaseFile(1, Database.DatabaseFile.Kind.ROWS, name, "D:\\data\\" + name + ".mdf", 1024),
                new Database.DatabaseFile(
                        2, Database.DatabaseFile.Kind.LOG, name + "_log", "D:\\data\\" + name + "_log.ldf", 256));
    }

    public static BackupSet log(long first, long last) {
        return set(BackupSet.Type.LOG, first, last, LINEAGE);
    }

    public static BackupSet full(long first, long last) {
        return set(BackupSet.Type.FULL, first, last, LINEAGE);
    }

    public static BackupSet set(BackupSet.Type type, long first, long last, Database.Lineage lineage) {
        return new BackupSet(
                id(type.number() * 1_000_000 + first * 1000 + last),
                type,
                1,
                new BackupSet.Label("", ""),
                new BackupSet.Origin("SQLA\\RTC", "SQLA", "12.0.6024.0", "dba", "mgc", NOW.minusDays(30)),
                new BackupSet.Span(
                        Lsn.of(first), Lsn.of(last), Lsn.of(first), Lsn.of(900), NOW.minusHours(1), NOW.minusHours(1)),
                lineage,
                Database.Options.USUAL,
                BackupSet.Flags.PLAIN,
                files("mgc"),
                CONTENTS.plus("until " + last));
    }

    private static Pool pool() {
        return new Pool(
                "atl-cs-001.litwareinc.com",
                new Pool.Topology(
                        "SQLA\\RTC",
                        Optional.of("SQLAM\\RTC"),
                        "SQLB\\RTC",
                        Optional.of("SQLBM\\RTC"),
                        List.of("pc11.litwareinc.com", "pc21.litwareinc.com")),
                new Pool.Settings(Pool.State.NORMAL, List.of("pc11.litwareinc.com")),
                1,
                List.of(
                        new Pool.Replica("pc11.litwareinc.com", false, 1, Optional.empty()),
                        new Pool.Replica("pc21.litwareinc.com", false, 1, Optional.empty())),
                List.of(
                        new Pool.WindowsService("pc11.litwareinc.com", "RTCCHAT", true, Optional.empty()),
                        new Pool.WindowsService("pc21.litwareinc.com", "RTCCHAT", true, Optional.empty())));
    }
}
