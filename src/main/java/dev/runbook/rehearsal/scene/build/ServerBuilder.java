package dev.runbook.rehearsal.scene.build;

import dev.runbook.rehearsal.model.Agent;
import dev.runbook.rehearsal.model.Connection;
import dev.runbook.rehearsal.model.Contents;
import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.DatabaseFile;
import dev.runbook.rehearsal.model.Lineage;
import dev.runbook.rehearsal.model.LogPosition;
import dev.runbook.rehearsal.model.Lsn;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.model.Sessions;
import dev.runbook.rehearsal.scene.DatabaseSpec;
import dev.runbook.rehearsal.scene.FolderSpec;
import dev.runbook.rehearsal.scene.Scene;
import dev.runbook.rehearsal.scene.ServerSpec;
import dev.runbook.rehearsal.scene.SessionSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Makes servers with the databases that they have by themselves. */
final class ServerBuilder {
    private static final Duration AGE = Duration.ofDays(400);
    private static final Lsn FIRST_LSN = Lsn.parse("21000000001200001");

    private static final Set<DatabaseSpec.State> FROM_SHIPPING =
            Set.of(DatabaseSpec.State.SHIPPING, DatabaseSpec.State.SHIPPED, DatabaseSpec.State.STANDBY);

    private final Scene scene;
    private final Ground ground;

    ServerBuilder(Scene scene, Ground ground) {
        this.scene = scene;
        this.ground = ground;
    }

    /** A server, running; databases that log shipping brings are not there yet. */
    Server server(ServerSpec spec) {
        Server server = empty(spec);
        for (DatabaseSpec database : spec.databases()) {
            if (!FROM_SHIPPING.contains(database.state())) {
                server = server.with(database(database, server));
            }
        }
        return server;
    }

    /** A server that holds nothing yet. */
    Server empty(ServerSpec spec) {
        Server.Identity identity =
                new Server.Identity(spec.host(), spec.instance().orElse(""), spec.version());
        Server.Login login = new Server.Login(
                spec.login().user(), spec.login().password(), spec.login().sysadmin());
        Agent agent = new Agent(spec.agent().running(), spec.agent().account(), 1, List.of());
        List<Server.Login> admitted = spec.login().refused() ? List.of() : List.of(login);
        return Server.empty(identity, admitted, paths(spec), agent).with(sessions(spec, identity));
    }

    /** The name of a server as it tells it itself. */
    String name(String id) {
        ServerSpec spec = spec(id);
        return new Server.Identity(spec.host(), spec.instance().orElse(""), spec.version()).name();
    }

    /** What the scene says of a server; it was checked, so that there is one. */
    ServerSpec spec(String id) {
        return scene.everyServer().stream()
                .filter(server -> server.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** A database that is in use. */
    Database database(DatabaseSpec spec, Server server) {
        String founder = spec.family().orElse(server.name() + "/" + spec.name() + "/" + ground.start());
        UUID family = id("family " + founder);
        Database.Status status =
                spec.state() == DatabaseSpec.State.RESTORING ? Database.Status.RESTORING : Database.Status.ONLINE;
        return new Database(
                spec.name(),
                server.freeDatabaseId(),
                ground.ago(AGE),
                status,
                Database.Options.USUAL,
                Lineage.founded(family, id("fork " + founder), FIRST_LSN),
                LogPosition.at(FIRST_LSN),
                Optional.empty(),
                files(spec.name()),
                contents(spec.tables()));
    }

    private static List<DatabaseFile> files(String name) {
        return List.of(
                new DatabaseFile(1, DatabaseFile.Kind.ROWS, name, "D:\\CsData\\" + name + ".mdf", 12_800),
                new DatabaseFile(2, DatabaseFile.Kind.LOG, name + "_log", "E:\\CsLogs\\" + name + ".ldf", 6_400));
    }

    private static Contents contents(Map<String, Long> tables) {
        return new Contents(
                tables.entrySet().stream()
                        .map(table -> new Contents.Table(table.getKey(), table.getValue()))
                        .toList(),
                List.of());
    }

    private Map<String, String> paths(ServerSpec spec) {
        Map<String, String> paths = new HashMap<>();
        for (FolderSpec folder : scene.folders()) {
            if (folder.on().map(spec.id()::equals).orElse(true)) {
                paths.put(folder.seenAs(), ground.folder(folder.name()).toString());
            }
        }
        return paths;
    }

    private Sessions sessions(ServerSpec spec, Server.Identity identity) {
        Sessions sessions = Sessions.NONE;
        if (spec.agent().running()) {
            SessionSpec agent = new SessionSpec(
                    "SQLAgent - Generic Refresher", spec.agent().account(), identity.machine(), "msdb", false);
            sessions = sessions.plus(connection(agent, Connection.Kind.AGENT, sessions.next()));
        }
        for (SessionSpec session : spec.sessions()) {
            Connection.Kind kind = session.system() ? Connection.Kind.SYSTEM : Connection.Kind.READER;
            sessions = sessions.plus(connection(session, kind, sessions.next()));
        }
        return sessions;
    }

    private Connection connection(SessionSpec session, Connection.Kind kind, int spid) {
        return new Connection(
                spid,
                session.login(),
                session.host(),
                session.program(),
                session.database(),
                Connection.WAITING,
                ground.ago(Duration.ofHours(2)),
                kind);
    }

    /** The same for the same thing: databases of one family have one id in every rehearsal. */
    private static UUID id(String of) {
        return UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8));
    }
}
