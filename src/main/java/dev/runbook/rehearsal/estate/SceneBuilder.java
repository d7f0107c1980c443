package dev.runbook.rehearsal.estate;

import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.Database.Contents;
import dev.runbook.rehearsal.model.Database.DatabaseFile;
import dev.runbook.rehearsal.model.Database.Lineage;
import dev.runbook.rehearsal.model.Database.LogPosition;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.Lsn;
import dev.runbook.rehearsal.model.Pool;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.model.Sessions;
import dev.runbook.rehearsal.model.Sessions.Connection;
import dev.runbook.rehearsal.scene.EstateSpec;
import dev.runbook.rehearsal.scene.EstateSpec.ComputerSpec;
import dev.runbook.rehearsal.scene.EstateSpec.LogShippingSpec;
import dev.runbook.rehearsal.scene.EstateSpec.PoolSpec;
import dev.runbook.rehearsal.scene.EstateSpec.ServerSpec;
import dev.runbook.rehearsal.scene.EstateSpec.ServerSpec.DatabaseSpec;
import dev.runbook.rehearsal.scene.EstateSpec.ServerSpec.SessionSpec;
import dev.runbook.rehearsal.scene.Scene;
import dev.runbook.rehearsal.scene.Scene.FolderSpec;
import dev.runbook.rehearsal.server.Mirrorings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Makes states from a scene, and the files that belong to them. */
final class SceneBuilder {
    private static final Duration AGE = Duration.ofDays(400);
    private static final Lsn FIRST_LSN = Lsn.parse("21000000001200001");

    private static final Set<DatabaseSpec.State> FROM_SHIPPING =
            Set.of(DatabaseSpec.State.SHIPPING, DatabaseSpec.State.SHIPPED, DatabaseSpec.State.STANDBY);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

    private final Scene scene;
    private final Map<String, String> names;
    private final Folders folders;
    private final Instant start;
    private final ZoneId zone;
    private final Supplier<UUID> ids;

    /**
     * A builder for one estate.
     *
     * @param folders they exist and are empty
     * @param clock whose present is the moment from which the past is counted, and whose zone is that of the servers
     * @param ids new ones
     */
    SceneBuilder(Scene scene, Folders folders, Clock clock, Supplier<UUID> ids) {
        this.scene = scene;
        this.names = scene.serverNames();
        this.folders = folders;
        this.start = clock.instant();
        this.zone = clock.getZone();
        this.ids = ids;
    }

    /** What a server calls itself, by its name in the scene. */
    String name(String id) {
        return names.get(id);
    }

    /** A new id. */
    UUID id() {
        return ids.get();
    }

    /**
     * The state at the start.
     *
     * @throws IOException when a file of it cannot be written
     */
    EstateState begin() throws IOException {
        Pool pool = pool(scene.setting());
        return changed(new EstateState(List.of(), pool), scene.setting());
    }

    /**
     * A state after a transition: its servers are made anew, its computers changed, everything else stays.
     *
     * @throws IOException when a file of it cannot be written
     */
    EstateState change(EstateState state, EstateSpec changes) throws IOException {
        Pool pool = changed(state.pool(), changes);
        return changed(state.with(pool), changes);
    }

    private EstateState changed(EstateState state, EstateSpec setting) throws IOException {
        EstateState next = state;
        for (ServerSpec server : setting.servers()) {
            next = next.with(server(server));
        }
        for (LogShippingSpec shipping : setting.logShipping()) {
            next = new ShippingBuilder(scene, this, shipping).add(next);
        }
        for (ServerSpec server : setting.servers()) {
            next = finished(next, server);
        }
        return next;
    }

    private EstateState finished(EstateState state, ServerSpec server) {
        EstateState next = state;
        for (DatabaseSpec database : server.databases()) {
            if (database.mirror().isPresent()) {
                String partner = name(database.mirror().get());
                next = mirrored(next, name(server.id()), partner, database.name());
                next = database.tookOver() ? Mirrorings.failover(next, name(server.id()), database.name()) : next;
            }
        }
        return next.change(name(server.id()), built -> built.up(server.running()));
    }

    /** A mirror that is in step from the first moment. */
    private EstateState mirrored(EstateState state, String principal, String partner, String database) {
        EstateState established = Mirrorings.establish(state, principal, partner, database, id());
        return Mirrorings.caughtUp(established);
    }

    /** A server, running; databases that log shipping brings are not there yet. */
    private Server server(ServerSpec spec) {
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
        List<Server.Login> admitted = spec.refused() ? List.of() : List.of(spec.login());
        return Server.empty(spec.identity(), admitted, paths(spec), spec.agent())
                .with(sessions(spec));
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
        String founder = spec.family().orElse(server.name() + "/" + spec.name() + "/" + start);
        UUID family = id("family " + founder);
        Database.Status status =
                spec.state() == DatabaseSpec.State.RESTORING ? Database.Status.RESTORING : Database.Status.ONLINE;
        return new Database(
                spec.name(),
                server.freeDatabaseId(),
                ago(AGE),
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
                paths.put(folder.seenAs(), folders.of(folder.name()).toString());
            }
        }
        return paths;
    }

    private Sessions sessions(ServerSpec spec) {
        Sessions sessions = Sessions.NONE;
        if (spec.agent().running()) {
            SessionSpec agent = new SessionSpec(
                    "SQLAgent - Generic Refresher",
                    spec.agent().account(),
                    spec.identity().machine(),
                    "msdb",
                    false);
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
                ago(Duration.ofHours(2)),
                kind);
    }

    /** The same for the same thing: databases of one family have one id in every rehearsal. */
    private static UUID id(String of) {
        return UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8));
    }
    /** The pool at the start. */
    private Pool pool(EstateSpec setting) {
        PoolSpec spec = setting.pool().orElseThrow();
        List<String> members =
                Stream.concat(spec.active().stream(), spec.inactive().stream()).toList();
        PoolSpec.Databases databases = spec.databases();
        Pool.Topology topology = new Pool.Topology(
                name(databases.primary()),
                databases.mirror().map(this::name),
                name(databases.backup()),
                databases.backupMirror().map(this::name),
                members);
        Pool.State state = spec.failedOver() ? Pool.State.FAILED_OVER : Pool.State.NORMAL;
        Pool pool = new Pool(spec.fqdn(), topology, new Pool.Settings(state, spec.active()), 1, List.of(), List.of());
        return changed(pool, setting);
    }

    /** A pool with the computers of a setting added or changed. */
    private Pool changed(Pool pool, EstateSpec setting) {
        List<ComputerSpec> computers = setting.computers();
        List<Pool.Replica> replicas = merged(
                pool.replicas(),
                computers.stream().map(computer -> replica(pool, computer)).toList(),
                Pool.Replica::fqdn);
        List<Pool.WindowsService> services = merged(
                pool.services(),
                computers.stream()
                        .flatMap(SceneBuilder::services)
                        .map(service -> attached(service, pool))
                        .toList(),
                service -> service.computer() + "/" + service.name());
        return new Pool(pool.fqdn(), pool.topology(), pool.settings(), pool.revision(), replicas, services);
    }

    /** A running service of an active server keeps a connection to the database that serves. */
    private static Pool.WindowsService attached(Pool.WindowsService service, Pool pool) {
        boolean serves = pool.settings().active().stream().anyMatch(service.computer()::equalsIgnoreCase);
        String server = pool.settings().state() == Pool.State.NORMAL
                ? pool.topology().primary()
                : pool.topology().backup();
        return service.running() && serves ? service.attached(Optional.of(server)) : service;
    }

    private static Pool.Replica replica(Pool pool, ComputerSpec computer) {
        return new Pool.Replica(
                computer.fqdn(), !computer.running(), computer.running() ? pool.revision() : 0, Optional.empty());
    }

    private static Stream<Pool.WindowsService> services(ComputerSpec computer) {
        return computer.services().entrySet().stream()
                .map(service -> new Pool.WindowsService(
                        computer.fqdn(), service.getKey(), service.getValue(), Optional.empty()));
    }

    private static <T> List<T> merged(List<T> old, List<T> changed, Function<T, String> key) {
        List<String> keys = changed.stream().map(key).toList();
        return Stream.concat(old.stream().filter(one -> !keys.contains(key.apply(one))), changed.stream())
                .toList();
    }

    /** The real folder of that name; the scene was checked, so that there is one. */
    Path folder(String name) {
        return folders.of(name);
    }

    /** Server time, so long ago. */
    LocalDateTime ago(Duration age) {
        return LocalDateTime.ofInstant(start.minus(age), zone);
    }

    /** The name that log shipping gives to a log backup of so long ago: the stamp is UTC. */
    String logBackup(String database, Duration age, String ending) {
        return database + "_" + STAMP.format(start.minus(age).atOffset(ZoneOffset.UTC)) + ending;
    }
}
