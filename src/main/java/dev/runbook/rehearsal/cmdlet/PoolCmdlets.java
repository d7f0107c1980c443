package dev.runbook.rehearsal.cmdlet;

import dev.runbook.base.Value;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.EstateStore;
import dev.runbook.rehearsal.model.Pool;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.shell.Call;
import dev.runbook.rehearsal.shell.Cmdlet;
import dev.runbook.rehearsal.shell.CmdletError;
import dev.runbook.rehearsal.shell.ShellObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The cmdlets that look at the pool and its topology, and change the settings of the pool. */
final class PoolCmdlets {
    private PoolCmdlets() {}

    /** Shows the topology: the pool with its active servers and databases, or the database services. */
    record GetService(EstateStore store) implements Cmdlet {
        private static final String DATABASE = "PersistentChatDatabase";

        @Override
        public String name() {
            return "Get-CsService";
        }

        @Override
        public List<Cmdlet.Parameter> parameters() {
            return List.of(
                    Cmdlet.Parameter.text("Identity").in("Identity"),
                    Cmdlet.Parameter.flag("PersistentChatServer")
                            .in("PersistentChatServer")
                            .required(),
                    Cmdlet.Parameter.flag(DATABASE).in(DATABASE).required(),
                    Cmdlet.Parameter.flag("PersistentChatComplianceDatabase")
                            .in("PersistentChatComplianceDatabase")
                            .required(),
                    Cmdlet.Parameter.text("PoolFqdn")
                            .in("PersistentChatServer", DATABASE, "PersistentChatComplianceDatabase"));
        }

        @Override
        public boolean changes() {
            return false;
        }

        @Override
        public List<Object> run(Call call) {
            EstateState state = store.snapshot();
            if (call.isOn(DATABASE)) {
                return databases(state, call.text("PoolFqdn"));
            }
            if (call.isOn("PersistentChatComplianceDatabase")) {
                return List.of();
            }
            call.text("Identity").ifPresent(identity -> PoolIdentity.require(state.pool(), identity, name()));
            boolean meant = call.text("PoolFqdn")
                    .map(state.pool().fqdn()::equalsIgnoreCase)
                    .orElse(true);
            return meant ? List.of(chat(state)) : List.of();
        }

        private static ShellObject chat(EstateState state) {
            Pool pool = state.pool();
            List<String> active = pool.settings().active();
            List<String> inactive = pool.topology().members().stream()
                    .filter(member -> active.stream().noneMatch(member::equalsIgnoreCase))
                    .toList();
            return ShellObject.empty()
                    .and("Identity", PoolIdentity.of(pool))
                    .and("PoolFqdn", pool.fqdn())
                    .and("ServiceId", "1-PersistentChatServer-1")
                    .and("SiteId", "Site:1")
                    .and("Version", 7)
                    .and("Role", "PersistentChatServer")
                    .and("ActiveServers", active)
                    .and("InactiveServers", inactive)
                    .and(DATABASE, identity(state, Optional.of(pool.topology().primary())))
                    .and("Mirror" + DATABASE, identity(state, pool.topology().primaryMirror()))
                    .and(
                            "Backup" + DATABASE,
                            identity(state, Optional.of(pool.topology().backup())))
                    .and(
                            "BackupMirror" + DATABASE,
                            identity(state, pool.topology().backupMirror()))
                    .and("PersistentChatComplianceDatabase", null)
                    .and("MirrorPersistentChatComplianceDatabase", null)
                    .and("BackupPersistentChatComplianceDatabase", null)
                    .and("BackupMirrorPersistentChatComplianceDatabase", null);
        }

        private static List<Object> databases(EstateState state, Optional<String> host) {
            Pool.Topology topology = state.pool().topology();
            return Stream.of(
                            Optional.of(topology.primary()),
                            topology.primaryMirror(),
                            Optional.of(topology.backup()),
                            topology.backupMirror())
                    .flatMap(Optional::stream)
                    .map(state::server)
                    .filter(server ->
                            host.map(server.identity().host()::equalsIgnoreCase).orElse(true))
                    .<Object>map(server -> ShellObject.empty()
                            .and("Identity", identity(server))
                            .and("PoolFqdn", server.identity().host())
                            .and("SqlInstanceName", server.identity().instance())
                            .and("Role", DATABASE))
                    .toList();
        }

        private static String identity(EstateState state, Optional<String> server) {
            return server.map(state::server).map(GetService::identity).orElse(null);
        }

        private static String identity(Server server) {
            Server.Identity identity = server.identity();
            return DATABASE + ":" + identity.host() + (identity.instance().isEmpty() ? "" : "\\" + identity.instance());
        }
    }

    /** Shows the pool and its computers. */
    record GetPool(EstateStore store) implements Cmdlet {
        @Override
        public String name() {
            return "Get-CsPool";
        }

        @Override
        public List<Cmdlet.Parameter> parameters() {
            return List.of(Cmdlet.Parameter.text("Identity"));
        }

        @Override
        public boolean changes() {
            return false;
        }

        @Override
        public List<Object> run(Call call) {
            Pool pool = store.snapshot().pool();
            String wanted = call.text("Identity").orElse(pool.fqdn());
            if (!wanted.equalsIgnoreCase(pool.fqdn())) {
                throw CmdletError.of(
                        "Cannot find the pool \"" + wanted + "\" in the topology.",
                        "IdentityNotFound",
                        "ObjectNotFound",
                        name());
            }
            return List.of(ShellObject.empty()
                    .and("Identity", pool.fqdn())
                    .and("Fqdn", pool.fqdn())
                    .and("Services", List.of(PoolIdentity.of(pool)))
                    .and("Computers", pool.topology().members())
                    .and("Site", "Site:1"));
        }
    }

    /** Shows which database serves the pool. */
    record GetChatState(EstateStore store) implements Cmdlet {
        @Override
        public String name() {
            return "Get-CsPersistentChatState";
        }

        @Override
        public List<Cmdlet.Parameter> parameters() {
            return List.of(
                    Cmdlet.Parameter.text("Identity"),
                    Cmdlet.Parameter.text("Filter"),
                    Cmdlet.Parameter.flag("LocalStore"));
        }

        @Override
        public boolean changes() {
            return false;
        }

        @Override
        public List<Object> run(Call call) {
            Pool pool = store.snapshot().pool();
            call.text("Identity").ifPresent(identity -> PoolIdentity.require(pool, identity, name()));
            return List.of(ShellObject.empty()
                    .and("Identity", PoolIdentity.of(pool))
                    .and("PoolState", pool.settings().state().word()));
        }
    }

    /** Says which database serves the pool. All servers of the pool go there; the same state again changes nothing. */
    record SetChatState(ManagementTools tools) implements Cmdlet {
        @Override
        public String name() {
            return "Set-CsPersistentChatState";
        }

        @Override
        public List<Cmdlet.Parameter> parameters() {
            return List.of(
                    Cmdlet.Parameter.text("Identity").in("Identity"),
                    Cmdlet.Parameter.any("Instance").in("Instance").required(),
                    Cmdlet.Parameter.oneOf(
                            "PoolState",
                            Arrays.stream(Pool.State.values())
                                    .map(Pool.State::word)
                                    .toList()),
                    Cmdlet.Parameter.flag("Force"));
        }

        @Override
        public boolean changes() {
            return true;
        }

        @Override
        public List<Object> run(Call call) {
            tools.store().update(state -> {
                call.text("Identity").ifPresent(identity -> PoolIdentity.require(state.pool(), identity, name()));
                Pool.State next = call.text("PoolState")
                        .map(SetChatState::named)
                        .orElse(state.pool().settings().state());
                Pool.Settings settings =
                        new Pool.Settings(next, state.pool().settings().active());
                return state.with(PoolSettings.change(state.pool(), settings, tools));
            });
            return List.of();
        }

        private static Pool.State named(String word) {
            return Arrays.stream(Pool.State.values())
                    .filter(state -> state.word().equalsIgnoreCase(word))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /**
     * Says which servers serve users: {@code $null} for none, a list, or a hash table with {@code Add}, {@code Remove} or
     * {@code Replace}. At most four, and only computers of the pool.
     */
    record SetActiveServers(ManagementTools tools) implements Cmdlet {
        private static final int MOST = 4;

        @Override
        public String name() {
            return "Set-CsPersistentChatActiveServer";
        }

        @Override
        public List<Cmdlet.Parameter> parameters() {
            return List.of(
                    Cmdlet.Parameter.text("Identity"),
                    Cmdlet.Parameter.listModifier("ActiveServers")
                            .in("Explicit")
                            .required(),
                    Cmdlet.Parameter.flag("Swap").in("Swap").required(),
                    Cmdlet.Parameter.flag("Force"));
        }

        @Override
        public boolean changes() {
            return true;
        }

        @Override
        public List<Object> run(Call call) {
            tools.store().update(state -> {
                Pool pool = state.pool();
                call.text("Identity")
                        .filter(identity -> !identity.equalsIgnoreCase("global"))
                        .ifPresent(identity -> PoolIdentity.require(pool, identity, name()));
                List<String> active = call.has("Swap") ? swapped(pool) : changed(pool, call.value("ActiveServers"));
                Pool.Settings settings = new Pool.Settings(pool.settings().state(), admitted(pool, active));
                return state.with(PoolSettings.change(pool, settings, tools));
            });
            return List.of();
        }

        private static List<String> swapped(Pool pool) {
            return without(pool.topology().members(), pool.settings().active());
        }

        /** What is to be done with the list: a table that names other things was refused before. */
        private static List<String> changed(Pool pool, Value value) {
            if (!(value instanceof Value.Fields modifier)) {
                return List.of();
            }
            if (modifier.values().containsKey("Replace")) {
                return names(modifier.values().get("Replace"));
            }
            List<String> left =
                    without(pool.settings().active(), names(modifier.values().get("Remove")));
            List<String> more = new ArrayList<>(left);
            more.addAll(without(names(modifier.values().get("Add")), left));
            return more;
        }

        private List<String> admitted(Pool pool, List<String> active) {
            List<String> strangers = without(active, pool.topology().members());
            if (!strangers.isEmpty()) {
                throw CmdletError.of(
                        strangers.get(0) + " is not a computer of the pool " + pool.fqdn() + ".",
                        "ServerNotInPool",
                        "InvalidArgument",
                        name());
            }
            if (active.size() > MOST) {
                throw CmdletError.of(
                        active.size() + " servers cannot be active at a time; at most " + MOST + " can.",
                        "TooManyActiveServers",
                        "LimitsExceeded",
                        name());
            }
            return active;
        }

        private static List<String> names(Value list) {
            return list == null
                    ? List.of()
                    : ((Value.Items) list).values().stream().map(Value::text).toList();
        }

        private static List<String> without(List<String> names, List<String> others) {
            return names.stream()
                    .filter(name -> others.stream().noneMatch(name::equalsIgnoreCase))
                    .toList();
        }
    }

    /** How the pool is named: {@code PersistentChatServer:FQDN}, with or without {@code service:} before it. */
    static final class PoolIdentity {
        private static final String ROLE = "PersistentChatServer:";

        private PoolIdentity() {}

        /** As the cmdlets print it. */
        static String of(Pool pool) {
            return ROLE + pool.fqdn();
        }

        /**
         * Requires that the name means the pool. The bare {@code service:FQDN} is taken too, for Microsoft's page writes it.
         *
         * @throws CmdletError when it means nothing, such as one with a blank behind the colon
         */
        static void require(Pool pool, String identity, String cmdlet) {
            boolean meant = List.of(of(pool), "service:" + of(pool), "service:" + pool.fqdn()).stream()
                    .anyMatch(name -> name.equalsIgnoreCase(identity));
            if (!meant) {
                throw CmdletError.of(
                        "Cannot find \"" + identity + "\" in the topology. Write \"" + of(pool) + "\".",
                        "IdentityNotFound",
                        "ObjectNotFound",
                        cmdlet);
            }
        }
    }

    /** What a change of the settings does to the pool. */
    static final class PoolSettings {
        private PoolSettings() {}

        /**
         * The pool with these settings. Running services of active servers connect to the database that serves now; a server that
         * is no longer active keeps the connection that it has.
         */
        static Pool change(Pool pool, Pool.Settings next, ManagementTools tools) {
            return next.equals(pool.settings())
                    ? pool
                    : pool.with(next, tools.clock().instant(), tools.timing().replication())
                            .withServices(service -> attached(service, pool.topology(), next));
        }

        /** A running service where it belongs with these settings. */
        static Pool.WindowsService attached(
                Pool.WindowsService service, Pool.Topology topology, Pool.Settings settings) {
            boolean serves = settings.active().stream().anyMatch(service.computer()::equalsIgnoreCase);
            boolean connected =
                    service.running() && (serves || service.attached().isPresent());
            return connected
                    ? service.attached(
                            Optional.of(settings.state() == Pool.State.NORMAL ? topology.primary() : topology.backup()))
                    : service;
        }
    }
}
