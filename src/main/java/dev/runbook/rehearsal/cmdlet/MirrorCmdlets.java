package dev.runbook.rehearsal.cmdlet;

import static dev.runbook.rehearsal.shell.Cmdlet.Parameter.any;
import static dev.runbook.rehearsal.shell.Cmdlet.Parameter.flag;
import static dev.runbook.rehearsal.shell.Cmdlet.Parameter.oneOf;
import static dev.runbook.rehearsal.shell.Cmdlet.Parameter.table;
import static dev.runbook.rehearsal.shell.Cmdlet.Parameter.text;

import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.Database.Mirroring;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.Lsn;
import dev.runbook.rehearsal.model.Pool;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.server.Mirrorings;
import dev.runbook.rehearsal.shell.Call;
import dev.runbook.rehearsal.shell.Cmdlet;
import dev.runbook.rehearsal.shell.Cmdlet.Parameter;
import dev.runbook.rehearsal.shell.CmdletError;
import dev.runbook.rehearsal.shell.ShellObject;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The cmdlets that make, end and show database mirrors.
 *
 * @param tools over the estate
 */
record MirrorCmdlets(ManagementTools tools) {
    private static final String CHAT = "PersistentChat";
    private static final String COMPLIANCE = "PersistentChatCompliance";
    private static final String NOT_MIRRORED = "DatabaseInaccessibleOrMirroringNotEnabled";
    private static final List<String> PHASES = List.of("backing up", "restoring on the mirror", "synchronizing");

    List<Cmdlet> all() {
        // with the values of SfB Server 2015
        Parameter type = oneOf(
                "DatabaseType",
                List.of(
                        "ActiveMonitoring",
                        "Application",
                        "Archiving",
                        "CentralMgmt",
                        "Edge",
                        "Lyss",
                        "Monitoring",
                        CHAT,
                        COMPLIANCE,
                        "Provision",
                        "Registrar",
                        "SigninTelemetry",
                        "User"));
        return List.of(
                Cmdlet.changing(
                        "Install-CsMirrorDatabase",
                        this::install,
                        flag("ConfiguredDatabases").in("Configured").required(),
                        text("ForInstance").in("Configured"),
                        flag("ForDefaultInstance").in("Configured"),
                        any("ExcludeDatabaseList").in("Configured"),
                        type.in("Type").required(),
                        text("SqlInstanceName").in("Type"),
                        text("FileShare").required(),
                        text("SqlServerFqdn").required(),
                        flag("DropExistingDatabasesOnMirror"),
                        table("DatabasePathMap"),
                        text("Report")),
                Cmdlet.changing(
                        "Uninstall-CsMirrorDatabase",
                        this::uninstall,
                        type.required(),
                        text("SqlServerFqdn").required(),
                        text("SqlInstanceName"),
                        flag("DropExistingDatabasesOnMirror"),
                        text("Report")),
                Cmdlet.looking(
                        "Get-CsDatabaseMirrorState",
                        this::show,
                        text("PoolFqdn").required(),
                        type,
                        flag("LocalStore"),
                        text("Report")));
    }

    /**
     * Mirrors a database to the mirror of its server: backs it up to the share, restores it on the mirror, makes the two partners.
     * Everything is looked at before anything is changed, and once more when the pair is made.
     */
    private List<Object> install(Call call) {
        if (call.has("ConfiguredDatabases")) {
            throw call.failure(
                    "This rehearsal mirrors one database at a time. Write -DatabaseType instead of"
                            + " -ConfiguredDatabases.",
                    "NotSimulated",
                    "NotImplemented");
        }
        installable(tools.store().snapshot(), call);
        Duration phase = tools.timing().mirroring().dividedBy(PHASES.size());
        for (int i = 0; i < PHASES.size(); i++) {
            call.progress(
                    "Mirroring " + call.text("DatabaseType").orElseThrow(), PHASES.get(i), 100 * i / PHASES.size());
            tools.pause().sleep(phase);
            call.stopIfAsked();
        }
        tools.store().update(state -> {
            Target target = installable(state, call);
            EstateState saved = state.change(
                    target.principal().name(), server -> server.change(target.database(), MirrorCmdlets::backedUp));
            return Mirrorings.establish(
                    saved,
                    target.principal().name(),
                    target.mirror().name(),
                    target.database(),
                    tools.ids().get());
        });
        return List.of();
    }

    // the cmdlet takes a full and a log backup of its own, which log shipping then misses
    private static Database backedUp(Database database) {
        Lsn last = database.log().last();
        return database.with(database.log().fullyBackedUp(last).backedUpTo(last));
    }

    /** What is to be mirrored; refused with the number of SQL Server in the message where it is SQL Server that refuses. */
    private static Target installable(EstateState state, Call call) {
        Target target = Target.of(state, call);
        String share = call.text("FileShare").orElseThrow();
        if (target.principal().path(share).filter(Files::isDirectory).isEmpty()) {
            throw refusal(call, "The share \"" + share + "\" is not there.", "FileShareNotFound");
        }
        requireGoodPrincipal(target, call);
        requireFreeMirror(target, call);
        return target;
    }

    private static void requireGoodPrincipal(Target target, Call call) {
        String name = target.database();
        String server = target.principal().name();
        Database database = target.principal()
                .database(name)
                .orElseThrow(() -> refusal(
                        call, "Database '" + name + "' does not exist on " + server + " (911).", "DatabaseNotFound"));
        if (database.mirroring().isPresent()) {
            throw refusal(
                    call,
                    "The database \"" + name + "\" is already enabled for database mirroring (1405).",
                    "DatabaseAlreadyMirrored");
        }
        if (!database.writable()) {
            throw refusal(
                    call,
                    "Database '" + name + "' on " + server
                            + " cannot be backed up: it is not online and writable (927).",
                    "DatabaseNotOnline");
        }
        if (database.options().recovery() != Database.RecoveryModel.FULL) {
            throw refusal(
                    call,
                    "Database \"" + name + "\" cannot be mirrored: its recovery model is not FULL (1465).",
                    "RecoveryModelNotFull");
        }
    }

    private static void requireFreeMirror(Target target, Call call) {
        Server mirror = target.mirror();
        Optional<Database> old = mirror.database(target.database());
        if (old.isEmpty()) {
            return;
        }
        String copy = "'" + target.database() + "' on the mirror " + mirror.name();
        if (old.get().mirroring().isPresent()) {
            throw refusal(
                    call,
                    "The database " + copy + " is enabled for database mirroring; this must be removed before it"
                            + " can be dropped (3743).",
                    "MirrorDatabaseInUse");
        }
        if (!mirror.sessions().in(target.database()).isEmpty()) {
            throw refusal(
                    call,
                    "Cannot drop the database " + copy + " because it is currently in use (3702).",
                    "MirrorDatabaseInUse");
        }
        if (!call.isOn("DropExistingDatabasesOnMirror")) {
            throw refusal(
                    call,
                    "The database " + copy + " exists already. Use -DropExistingDatabasesOnMirror.",
                    "MirrorDatabaseExists");
        }
    }

    private static CmdletError refusal(Call call, String message, String id) {
        return call.failure(message, id, "InvalidOperation");
    }

    /** Ends the mirroring of a database. The copy on the mirror stays as it is, restoring, unless it is to be dropped. */
    private List<Object> uninstall(Call call) {
        tools.store().update(state -> {
            Target target = Target.of(state, call);
            Server principal = target.principal();
            principal
                    .database(target.database())
                    .flatMap(Database::mirroring)
                    .filter(side -> side.role() == Mirroring.Role.PRINCIPAL)
                    .orElseThrow(() -> refusal(
                            call,
                            "The database \"" + target.database() + "\" on " + principal.name()
                                    + " is not a principal of database mirroring (1416).",
                            "DatabaseNotMirrored"));
            EstateState alone = Mirrorings.end(state, principal.name(), target.database());
            return call.isOn("DropExistingDatabasesOnMirror")
                    ? alone.change(target.mirror().name(), server -> server.without(target.database()))
                    : alone;
        });
        return List.of();
    }

    /** Shows both sides of the mirror of mgc, of the data centre that serves. */
    private List<Object> show(Call call) {
        EstateState state = tools.store().snapshot();
        Pool pool = state.pool();
        String fqdn = call.text("PoolFqdn").orElseThrow();
        if (!pool.fqdn().equalsIgnoreCase(fqdn)) {
            throw call.failure(
                    "Cannot find the pool \"" + fqdn + "\" in the topology.", "IdentityNotFound", "ObjectNotFound");
        }
        Pool.Topology topology = pool.topology();
        String serving = pool.settings().state() == Pool.State.NORMAL ? topology.primary() : topology.backup();
        Optional<Mirroring> primary = side(state, Optional.of(serving));
        Optional<Mirroring> mirror = side(state, topology.mirrorOf(serving));
        return List.of(ShellObject.empty()
                .and("DatabaseName", "mgc")
                .and("StateOnPrimary", role(primary))
                .and("StateOnMirror", role(mirror))
                .and("MirroringStatusOnPrimary", status(primary))
                .and("MirroringStatusOnMirror", status(mirror)));
    }

    private static Optional<Mirroring> side(EstateState state, Optional<String> server) {
        return server.map(state::server)
                .filter(Server::up)
                .flatMap(one -> one.database("mgc"))
                .flatMap(Database::mirroring);
    }

    private static String role(Optional<Mirroring> side) {
        return side.map(found -> found.role() == Mirroring.Role.PRINCIPAL ? "Principal" : "Mirror")
                .orElse(NOT_MIRRORED);
    }

    private static String status(Optional<Mirroring> side) {
        return side.map(found -> found.state().name().toLowerCase(Locale.ROOT)).orElse(NOT_MIRRORED);
    }

    /**
     * The database and the two servers that a call means; both answer.
     *
     * @param database its name
     * @param principal the server that the call names
     * @param mirror the one that the topology puts beside it: no parameter names it
     */
    private record Target(String database, Server principal, Server mirror) {
        static Target of(EstateState state, Call call) {
            String database = database(call);
            String name = call.text("SqlServerFqdn").orElseThrow()
                    + call.text("SqlInstanceName")
                            .filter(instance -> !instance.isEmpty())
                            .map(instance -> "\\" + instance)
                            .orElse("");
            Server principal = state.find(name)
                    .orElseThrow(() -> call.failure(
                            "Cannot find the SQL Server \"" + name + "\" in the topology.",
                            "SqlServerNotFound",
                            "ObjectNotFound"));
            Server mirror = state.pool()
                    .topology()
                    .mirrorOf(principal.name())
                    .map(state::server)
                    .orElseThrow(() -> refusal(
                            call,
                            "The topology defines no mirror for \"" + name
                                    + "\". Define it in Topology Builder and publish.",
                            "MirrorNotDefined"));
            return new Target(database, answering(principal, call), answering(mirror, call));
        }

        private static String database(Call call) {
            String type = call.text("DatabaseType").orElse(CHAT);
            if (type.equalsIgnoreCase(CHAT)) {
                return "mgc";
            }
            if (type.equalsIgnoreCase(COMPLIANCE)) {
                return "mgccomp";
            }
            throw call.failure(
                    "This pool has no database of the type " + type + ".", "DatabaseNotDefined", "ObjectNotFound");
        }

        private static Server answering(Server server, Call call) {
            if (!server.up()) {
                throw call.failure(
                        "Cannot connect to SQL Server \"" + server.name() + "\": it does not answer.",
                        "SqlServerNotAvailable",
                        "ConnectionError");
            }
            return server;
        }
    }
}
