package dev.runbook.rehearsal.cmdlet;

import static dev.runbook.rehearsal.shell.Cmdlet.Parameter.any;
import static dev.runbook.rehearsal.shell.Cmdlet.Parameter.flag;
import static dev.runbook.rehearsal.shell.Cmdlet.Parameter.listModifier;
import static dev.runbook.rehearsal.shell.Cmdlet.Parameter.oneOf;
import static dev.runbook.rehearsal.shell.Cmdlet.Parameter.text;

import dev.runbook.base.Value;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.Pool;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.shell.Call;
import dev.runbook.rehearsal.shell.Cmdlet;
import dev.runbook.rehearsal.shell.ShellObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The cmdlets that look at the pool and its topology, change the settings of the pool, and hasten their replication.
 *
 * @param tools over the estate
 */
record PoolCmdlets(ManagementTools tools) {
    private static final String CHAT = "PersistentChatServer";
    private static final String DATABASE = "PersistentChatDatabase";
    private static final String COMPLIANCE = "PersistentChatComplianceDatabase";
    private static final int MAX_ACTIVE = 4;

    List<Cmdlet> all() {
        List<String> states =
                Arrays.stream(Pool.State.values()).map(Pool.State::word).toList();
        return List.of(
                Cmdlet.looking(
                        "Get-CsService",
                        this::service,
                        text("Identity").in("Identity"),
                        flag(CHAT).in(CHAT).required(),
                        flag(DATABASE).in(DATABASE).required(),
                        flag(COMPLIANCE).in(COMPLIANCE).required(),
                        text("PoolFqdn").in(CHAT, DATABASE, COMPLIANCE)),
                Cmdlet.looking("Get-CsPool", this::pool, text("Identity")),
                Cmdlet.looking(
                        "Get-CsPersistentChatState",
                        this::chatState,
                        text("Identity"),
                        text("Filter"),
                        flag("LocalStore")),
                Cmdlet.changing(
                        "Set-CsPersistentChatState",
                        this::setChatState,
                        text("Identity").in("Identity"),
                        any("Instance").in("Instance").required(),
                        oneOf("PoolState", states),
                        flag("Force")),
                Cmdlet.changing(
                        "Set-CsPersistentChatActiveServer",
                        this::setActiveServers,
                        text("Identity"),
                        listModifier("ActiveServers").in("Explicit").required(),
                        flag("Swap").in("Swap").required(),
                        flag("Force")),
                Cmdlet.looking("Get-CsManagementStoreReplicationStatus", this::replicationStatus, text("ReplicaFqdn")),
                // it changes something, and takes neither -WhatIf nor -Confirm
                Cmdlet.looking(
                        "Invoke-CsManagementStoreReplication", this::hasten, text("ReplicaFqdn"), flag("Force")));
    }

    /** Shows the topology: the pool with its active servers and databases, or the database services. */
    private List<Object> service(Call call) {
        EstateState state = tools.store().snapshot();
        if (call.isOn(DATABASE)) {
            return databases(state, call.text("PoolFqdn"));
        }
        if (call.isOn(COMPLIANCE)) {
            return List.of();
        }
        call.text("Identity").ifPresent(identity -> requirePool(state.pool(), identity, call));
        boolean meant =
                call.text("PoolFqdn").map(state.pool().fqdn()::equalsIgnoreCase).orElse(true);
        return meant ? List.of(chat(state)) : List.of();
    }

    private static ShellObject chat(EstateState state) {
        Pool pool = state.pool();
        List<String> active = pool.settings().active();
        Pool.Topology topology = pool.topology();
        return ShellObject.empty()
                .and("Identity", identity(pool))
                .and("PoolFqdn", pool.fqdn())
                .and("ServiceId", "1-PersistentChatServer-1")
                .and("SiteId", "Site:1")
                .and("Version", 7)
                .and("Role", CHAT)
                .and("ActiveServers", active)
                .and("InactiveServers", without(topology.members(), active))
                .and(DATABASE, identity(state, Optional.of(topology.primary())))
                .and("Mirror" + DATABASE, identity(state, topology.primaryMirror()))
                .and("Backup" + DATABASE, identity(state, Optional.of(topology.backup())))
                .and("BackupMirror" + DATABASE, identity(state, topology.backupMirror()))
                .and(COMPLIANCE, null)
                .and("Mirror" + COMPLIANCE, null)
                .and("Backup" + COMPLIANCE, null)
                .and("BackupMirror" + COMPLIANCE, null);
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
        return server.map(state::server).map(PoolCmdlets::identity).orElse(null);
    }

    private static String identity(Server server) {
        Server.Identity identity = server.identity();
        return DATABASE + ":" + identity.host() + (identity.instance().isEmpty() ? "" : "\\" + identity.instance());
    }

    /** Shows the pool and its computers. */
    private List<Object> pool(Call call) {
        Pool pool = tools.store().snapshot().pool();
        String wanted = call.text("Identity").orElse(pool.fqdn());
        if (!wanted.equalsIgnoreCase(pool.fqdn())) {
            throw call.failure(
                    "Cannot find the pool \"" + wanted + "\" in the topology.", "IdentityNotFound", "ObjectNotFound");
        }
        return List.of(ShellObject.empty()
                .and("Identity", pool.fqdn())
                .and("Fqdn", pool.fqdn())
                .and("Services", List.of(identity(pool)))
                .and("Computers", pool.topology().members())
                .and("Site", "Site:1"));
    }

    /** Shows which database serves the pool. */
    private List<Object> chatState(Call call) {
        Pool pool = tools.store().snapshot().pool();
        call.text("Identity").ifPresent(identity -> requirePool(pool, identity, call));
        return List.of(ShellObject.empty()
                .and("Identity", identity(pool))
                .and("PoolState", pool.settings().state().word()));
    }

    /** Says which database serves the pool. All servers of the pool go there; the same state again changes nothing. */
    private List<Object> setChatState(Call call) {
        tools.store().update(state -> {
            Pool pool = state.pool();
            call.text("Identity").ifPresent(identity -> requirePool(pool, identity, call));
            Pool.State next = call.text("PoolState")
                    .flatMap(word -> Arrays.stream(Pool.State.values())
                            .filter(one -> one.word().equalsIgnoreCase(word))
                            .findFirst())
                    .orElse(pool.settings().state());
            return state.with(
                    changed(pool, new Pool.Settings(next, pool.settings().active())));
        });
        return List.of();
    }

    /**
     * Says which servers serve users: {@code $null} for none, a list, or a hash table with {@code Add}, {@code Remove} or
     * {@code Replace}. At most four, and only computers of the pool.
     */
    private List<Object> setActiveServers(Call call) {
        tools.store().update(state -> {
            Pool pool = state.pool();
            call.text("Identity")
                    .filter(identity -> !identity.equalsIgnoreCase("global"))
                    .ifPresent(identity -> requirePool(pool, identity, call));
            List<String> active = call.has("Swap")
                    ? without(pool.topology().members(), pool.settings().active())
                    : active(pool, call.value("ActiveServers"));
            requireAdmissible(pool, active, call);
            return state.with(changed(pool, new Pool.Settings(pool.settings().state(), active)));
        });
        return List.of();
    }

    /** What is to be done with the list: a table that names other things was refused before. */
    private static List<String> active(Pool pool, Value value) {
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

    private static void requireAdmissible(Pool pool, List<String> active, Call call) {
        List<String> strangers = without(active, pool.topology().members());
        if (!strangers.isEmpty()) {
            throw call.failure(
                    strangers.get(0) + " is not a computer of the pool " + pool.fqdn() + ".",
                    "ServerNotInPool",
                    "InvalidArgument");
        }
        if (active.size() > MAX_ACTIVE) {
            throw call.failure(
                    active.size() + " servers cannot be active at a time; at most " + MAX_ACTIVE + " can.",
                    "TooManyActiveServers",
                    "LimitsExceeded");
        }
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

    /** As the cmdlets print a pool: {@code PersistentChatServer:FQDN}. */
    private static String identity(Pool pool) {
        return CHAT + ":" + pool.fqdn();
    }

    /**
     * Requires that the name means the pool: with or without {@code service:} before it. The bare {@code service:FQDN} is taken too,
     * for Microsoft's page writes it; one with a blank after the colon means nothing.
     */
    private static void requirePool(Pool pool, String name, Call call) {
        String identity = identity(pool);
        if (Stream.of(identity, "service:" + identity, "service:" + pool.fqdn()).noneMatch(name::equalsIgnoreCase)) {
            throw call.failure(
                    "Cannot find \"" + name + "\" in the topology. Write \"" + identity + "\".",
                    "IdentityNotFound",
                    "ObjectNotFound");
        }
    }

    /**
     * The pool with these settings. Running services of active servers connect to the database that serves now; a server that
     * is no longer active keeps the connection that it has.
     */
    private Pool changed(Pool pool, Pool.Settings next) {
        return next.equals(pool.settings())
                ? pool
                : pool.with(next, tools.clock().instant(), tools.timing().replication())
                        .withServices(service -> attached(service, pool.topology(), next));
    }

    /** A running service where it belongs with these settings. */
    static Pool.WindowsService attached(Pool.WindowsService service, Pool.Topology topology, Pool.Settings settings) {
        boolean serves = settings.active().stream().anyMatch(service.computer()::equalsIgnoreCase);
        boolean connected = service.running() && (serves || service.attached().isPresent());
        return connected
                ? service.attached(
                        Optional.of(settings.state() == Pool.State.NORMAL ? topology.primary() : topology.backup()))
                : service;
    }

    /** Shows which computers have the newest settings. */
    private List<Object> replicationStatus(Call call) {
        Pool pool = tools.store().snapshot().pool();
        return call
                .text("ReplicaFqdn")
                .map(computer -> List.of(requireReplica(pool, computer, call)))
                .orElse(pool.replicas())
                .stream()
                .map(replica -> status(pool, replica))
                .toList();
    }

    private static Pool.Replica requireReplica(Pool pool, String computer, Call call) {
        return pool.replica(computer)
                .orElseThrow(() -> call.failure(
                        "Cannot find a replica of the Central Management Store on \"" + computer + "\".",
                        "ReplicaNotFound",
                        "ObjectNotFound"));
    }

    private Object status(Pool pool, Pool.Replica replica) {
        Instant now = tools.clock().instant();
        return ShellObject.empty()
                .and("UpToDate", replica.upToDate(pool.revision(), now))
                .and("ReplicaFqdn", replica.fqdn())
                .and("LastStatusReport", replica.dead() ? null : now.atOffset(ZoneOffset.UTC))
                .and("LastUpdateCreation", now.atOffset(ZoneOffset.UTC))
                .and("ProductVersion", "6.0.9319.0");
    }

    /** Hastens the replication of the settings. A computer that is gone does not get them this way either. */
    private List<Object> hasten(Call call) {
        Instant soon = tools.clock().instant().plus(tools.timing().hastened());
        Optional<String> only = call.text("ReplicaFqdn");
        tools.store().update(state -> {
            only.ifPresent(computer -> requireReplica(state.pool(), computer, call));
            return state.with(state.pool()
                    .withReplicas(replica ->
                            only.map(replica.fqdn()::equalsIgnoreCase).orElse(true)
                                    ? hastened(replica, soon)
                                    : replica));
        });
        return List.of();
    }

    private static Pool.Replica hastened(Pool.Replica replica, Instant soon) {
        Optional<Instant> due = replica.due().map(when -> when.isBefore(soon) ? when : soon);
        return new Pool.Replica(replica.fqdn(), replica.dead(), replica.revision(), due);
    }
}
