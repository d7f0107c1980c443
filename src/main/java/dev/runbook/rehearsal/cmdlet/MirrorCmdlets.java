package dev.runbook.rehearsal.cmdlet;

import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.Database.Mirroring;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.EstateStore;
import dev.runbook.rehearsal.model.Lsn;
import dev.runbook.rehearsal.model.Pool;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.model.Sessions.Connection;
import dev.runbook.rehearsal.server.Mirrorings;
import dev.runbook.rehearsal.server.Pace;
import dev.runbook.rehearsal.shell.Call;
import dev.runbook.rehearsal.shell.Cmdlet;
import dev.runbook.rehearsal.shell.CmdletError;
import dev.runbook.rehearsal.shell.ShellObject;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The cmdlets that make, end and show database mirrors. */
public final class MirrorCmdlets {
    private MirrorCmdlets() {}

    /**
     * {@code Install-CsMirrorDatabase}: mirrors a database to the mirror of its server: backs it up to the share, restores it on the mirror, makes the two
     * partners. Everything is looked at before anything is changed, and once more when the pair is made.
     *
     * @param store what it changes
     * @param pause lets time pass
     * @param ids draws the id of the mirroring session
     * @param mirroring how long it takes in all
     */
    public record InstallMirror(EstateStore store, Pace.Pause pause, Supplier<UUID> ids, Duration mirroring)
            implements Cmdlet {
        private static final List<String> PHASES = List.of("backing up", "restoring on the mirror", "synchronizing");

        @Override
        public String name() {
            return "Install-CsMirrorDatabase";
        }

        @Override
        public List<Cmdlet.Parameter> parameters() {
            return List.of(
                    Cmdlet.Parameter.flag("ConfiguredDatabases")
                            .in("Configured")
                            .required(),
                    Cmdlet.Parameter.text("ForInstance").in("Configured"),
                    Cmdlet.Parameter.flag("ForDefaultInstance").in("Configured"),
                    Cmdlet.Parameter.any("ExcludeDatabaseList").in("Configured"),
                    MirrorTarget.type().in("Type").required(),
                    Cmdlet.Parameter.text("SqlInstanceName").in("Type"),
                    Cmdlet.Parameter.text("FileShare").required(),
                    Cmdlet.Parameter.text("SqlServerFqdn").required(),
                    Cmdlet.Parameter.flag("DropExistingDatabasesOnMirror"),
                    Cmdlet.Parameter.table("DatabasePathMap"),
                    Cmdlet.Parameter.text("Report"));
        }

        @Override
        public boolean changes() {
            return true;
        }

        @Override
        public List<Object> run(Call call) {
            if (call.has("ConfiguredDatabases")) {
                throw CmdletError.of(
                        "This rehearsal mirrors one database at a time. Write -DatabaseType instead of"
                                + " -ConfiguredDatabases.",
                        "NotSimulated",
                        "NotImplemented",
                        name());
            }
            setUp(store.snapshot(), call);
            Duration phase = mirroring.dividedBy(PHASES.size());
            for (int i = 0; i < PHASES.size(); i++) {
                call.progress(
                        "Mirroring " + call.text("DatabaseType").orElseThrow(), PHASES.get(i), 100 * i / PHASES.size());
                pause.sleep(phase);
                call.stopIfAsked();
            }
            store.update(state -> setUp(state, call).done(state, ids.get()));
            return List.of();
        }

        private MirrorSetup setUp(EstateState state, Call call) {
            MirrorTarget target = MirrorTarget.of(state, call, name());
            MirrorSetup setup = new MirrorSetup(target, call.isOn("DropExistingDatabasesOnMirror"));
            setup.check(call.text("FileShare").orElseThrow(), name());
            return setup;
        }
    }

    /** {@code Uninstall-CsMirrorDatabase}: ends the mirroring of a database. The copy on the mirror stays as it is, restoring, unless it is to be dropped. */
    public record UninstallMirror(EstateStore store) implements Cmdlet {
        @Override
        public String name() {
            return "Uninstall-CsMirrorDatabase";
        }

        @Override
        public List<Cmdlet.Parameter> parameters() {
            return List.of(
                    MirrorTarget.type().required(),
                    Cmdlet.Parameter.text("SqlServerFqdn").required(),
                    Cmdlet.Parameter.text("SqlInstanceName"),
                    Cmdlet.Parameter.flag("DropExistingDatabasesOnMirror"),
                    Cmdlet.Parameter.text("Report"));
        }

        @Override
        public boolean changes() {
            return true;
        }

        @Override
        public List<Object> run(Call call) {
            store.update(state -> ended(state, call));
            return List.of();
        }

        private EstateState ended(EstateState state, Call call) {
            MirrorTarget target = MirrorTarget.of(state, call, name());
            target.principal()
                    .database(target.database())
                    .flatMap(Database::mirroring)
                    .filter(side -> side.role() == Mirroring.Role.PRINCIPAL)
                    .orElseThrow(() -> CmdletError.of(
                            "The database \"" + target.database() + "\" on "
                                    + target.principal().name() + " is not a principal of database mirroring (1416).",
                            "DatabaseNotMirrored",
                            "InvalidOperation",
                            name()));
            EstateState alone = Mirrorings.end(state, target.principal().name(), target.database());
            return call.isOn("DropExistingDatabasesOnMirror")
                    ? alone.change(target.mirror().name(), server -> server.without(target.database()))
                    : alone;
        }
    }

    /** {@code Get-CsDatabaseMirrorState}: shows both sides of the mirror of mgc, of the data centre that serves. */
    public record GetMirrorState(EstateStore store) implements Cmdlet {
        private static final String NOT_MIRRORED = "DatabaseInaccessibleOrMirroringNotEnabled";

        @Override
        public String name() {
            return "Get-CsDatabaseMirrorState";
        }

        @Override
        public List<Cmdlet.Parameter> parameters() {
            return List.of(
                    Cmdlet.Parameter.text("PoolFqdn").required(),
                    MirrorTarget.type(),
                    Cmdlet.Parameter.flag("LocalStore"),
                    Cmdlet.Parameter.text("Report"));
        }

        @Override
        public boolean changes() {
            return false;
        }

        @Override
        public List<Object> run(Call call) {
            EstateState state = store.snapshot();
            Pool pool = state.pool();
            if (!pool.fqdn().equalsIgnoreCase(call.text("PoolFqdn").orElseThrow())) {
                throw CmdletError.of(
                        "Cannot find the pool \"" + call.text("PoolFqdn").orElseThrow() + "\" in the topology.",
                        "IdentityNotFound",
                        "ObjectNotFound",
                        name());
            }
            String primary = pool.settings().state() == Pool.State.NORMAL
                    ? pool.topology().primary()
                    : pool.topology().backup();
            return List.of(state(
                    side(state, Optional.of(primary)),
                    side(state, pool.topology().mirrorOf(primary))));
        }

        private static Object state(Optional<Mirroring> primary, Optional<Mirroring> mirror) {
            return ShellObject.empty()
                    .and("DatabaseName", "mgc")
                    .and("StateOnPrimary", role(primary))
                    .and("StateOnMirror", role(mirror))
                    .and("MirroringStatusOnPrimary", status(primary))
                    .and("MirroringStatusOnMirror", status(mirror));
        }

        private static Optional<Mirroring> side(EstateState state, Optional<String> server) {
            return server.map(state::server)
                    .filter(one -> one.up())
                    .flatMap(one -> one.database("mgc"))
                    .flatMap(Database::mirroring);
        }

        private static String role(Optional<Mirroring> side) {
            return side.map(found -> found.role() == Mirroring.Role.PRINCIPAL ? "Principal" : "Mirror")
                    .orElse(NOT_MIRRORED);
        }

        private static String status(Optional<Mirroring> side) {
            return side.map(found -> found.state().name().toLowerCase(Locale.ROOT))
                    .orElse(NOT_MIRRORED);
        }
    }

    /**
     * The database and the two servers that a mirroring cmdlet means: the mirror comes from the topology, no parameter names it.
     *
     * @param database its name
     * @param principal the server that the call names
     * @param mirror the one that the topology puts beside it
     */
    record MirrorTarget(String database, Server principal, Server mirror) {
        private static final String CHAT = "PersistentChat";
        private static final String COMPLIANCE = "PersistentChatCompliance";

        /** {@code DatabaseType}, with the values of SfB Server 2015. */
        static Cmdlet.Parameter type() {
            return Cmdlet.Parameter.oneOf(
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
        }

        /** The target of a call; both servers answer. */
        static MirrorTarget of(EstateState state, Call call, String cmdlet) {
            String database = database(call.text("DatabaseType").orElse(CHAT), cmdlet);
            String name = call.text("SqlServerFqdn").orElseThrow()
                    + call.text("SqlInstanceName")
                            .filter(instance -> !instance.isEmpty())
                            .map(instance -> "\\" + instance)
                            .orElse("");
            Server principal = state.find(name)
                    .orElseThrow(() -> CmdletError.of(
                            "Cannot find the SQL Server \"" + name + "\" in the topology.",
                            "SqlServerNotFound",
                            "ObjectNotFound",
                            cmdlet));
            Server mirror = state.pool()
                    .topology()
                    .mirrorOf(principal.name())
                    .map(state::server)
                    .orElseThrow(() -> CmdletError.of(
                            "The topology defines no mirror for \"" + name
                                    + "\". Define it in Topology Builder and publish.",
                            "MirrorNotDefined",
                            "InvalidOperation",
                            cmdlet));
            return new MirrorTarget(database, answering(principal, cmdlet), answering(mirror, cmdlet));
        }

        private static String database(String type, String cmdlet) {
            if (type.equalsIgnoreCase(CHAT)) {
                return "mgc";
            }
            if (type.equalsIgnoreCase(COMPLIANCE)) {
                return "mgccomp";
            }
            throw CmdletError.of(
                    "This pool has no database of the type " + type + ".",
                    "DatabaseNotDefined",
                    "ObjectNotFound",
                    cmdlet);
        }

        private static Server answering(Server server, String cmdlet) {
            if (!server.up()) {
                throw CmdletError.of(
                        "Cannot connect to SQL Server \"" + server.name() + "\": it does not answer.",
                        "SqlServerNotAvailable",
                        "ConnectionError",
                        cmdlet);
            }
            return server;
        }
    }

    /**
     * The making of a mirror.
     *
     * @param target what is mirrored, and where
     * @param drop whether an old copy on the mirror is dropped
     */
    record MirrorSetup(MirrorTarget target, boolean drop) {
        /**
         * Refuses what the cmdlet would fail on.
         *
         * @throws CmdletError with the number of SQL Server in the message where it is SQL Server that refuses
         */
        void check(String share, String cmdlet) {
            boolean writable =
                    target.principal().path(share).filter(Files::isDirectory).isPresent();
            if (!writable) {
                throw refusal("The share \"" + share + "\" is not there.", "FileShareNotFound", cmdlet);
            }
            checkPrincipal(cmdlet);
            checkMirror(cmdlet);
        }

        /** The estate with both partners. They are in step a little later, as time passes there. */
        EstateState done(EstateState state, UUID session) {
            EstateState backedUp = state.change(
                    target.principal().name(), server -> server.change(target.database(), MirrorSetup::backedUp));
            return Mirrorings.establish(
                    backedUp, target.principal().name(), target.mirror().name(), target.database(), session);
        }

        // the cmdlet takes a full and a log backup of its own, which log shipping then misses
        private static Database backedUp(Database database) {
            Lsn last = database.log().last();
            return database.with(database.log().fullyBackedUp(last).backedUpTo(last));
        }

        private void checkPrincipal(String cmdlet) {
            String name = target.database();
            Database database = principal()
                    .orElseThrow(() -> refusal(
                            "Database '" + name + "' does not exist on "
                                    + target.principal().name() + " (911).",
                            "DatabaseNotFound",
                            cmdlet));
            if (database.mirroring().isPresent()) {
                throw refusal(
                        "The database \"" + name + "\" is already enabled for database mirroring (1405).",
                        "DatabaseAlreadyMirrored",
                        cmdlet);
            }
            if (!database.writable()) {
                throw refusal(
                        "Database '" + name + "' on " + target.principal().name()
                                + " cannot be backed up: it is not online and writable (927).",
                        "DatabaseNotOnline",
                        cmdlet);
            }
            if (database.options().recovery() != Database.RecoveryModel.FULL) {
                throw refusal(
                        "Database \"" + name + "\" cannot be mirrored: its recovery model is not FULL (1465).",
                        "RecoveryModelNotFull",
                        cmdlet);
            }
        }

        private void checkMirror(String cmdlet) {
            Optional<Database> old = target.mirror().database(target.database());
            if (old.isEmpty()) {
                return;
            }
            String copy = "'" + target.database() + "' on the mirror "
                    + target.mirror().name();
            if (old.get().mirroring().isPresent()) {
                throw refusal(
                        "The database " + copy + " is enabled for database mirroring; this must be removed before it"
                                + " can be dropped (3743).",
                        "MirrorDatabaseInUse",
                        cmdlet);
            }
            List<Connection> users = target.mirror().sessions().in(target.database());
            if (!users.isEmpty()) {
                throw refusal(
                        "Cannot drop the database " + copy + " because it is currently in use (3702).",
                        "MirrorDatabaseInUse",
                        cmdlet);
            }
            if (!drop) {
                throw refusal(
                        "The database " + copy + " exists already. Use -DropExistingDatabasesOnMirror.",
                        "MirrorDatabaseExists",
                        cmdlet);
            }
        }

        private Optional<Database> principal() {
            return target.principal().database(target.database());
        }

        private static CmdletError refusal(String message, String id, String cmdlet) {
            return CmdletError.of(message, id, "InvalidOperation", cmdlet);
        }
    }
}
