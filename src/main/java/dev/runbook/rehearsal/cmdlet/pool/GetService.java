package dev.runbook.rehearsal.cmdlet.pool;

import dev.runbook.rehearsal.cmdlet.Call;
import dev.runbook.rehearsal.cmdlet.Cmdlet;
import dev.runbook.rehearsal.cmdlet.Parameter;
import dev.runbook.rehearsal.cmdlet.ShellObject;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.EstateStore;
import dev.runbook.rehearsal.model.Pool;
import dev.runbook.rehearsal.model.Server;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Shows the topology: the pool with its active servers and databases, or the database services. */
record GetService(EstateStore store) implements Cmdlet {
    private static final String DATABASE = "PersistentChatDatabase";

    @Override
    public String name() {
        return "Get-CsService";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.text("Identity").in("Identity"),
                Parameter.flag("PersistentChatServer")
                        .in("PersistentChatServer")
                        .required(),
                Parameter.flag(DATABASE).in(DATABASE).required(),
                Parameter.flag("PersistentChatComplianceDatabase")
                        .in("PersistentChatComplianceDatabase")
                        .required(),
                Parameter.text("PoolFqdn").in("PersistentChatServer", DATABASE, "PersistentChatComplianceDatabase"));
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
        boolean meant =
                call.text("PoolFqdn").map(state.pool().fqdn()::equalsIgnoreCase).orElse(true);
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
                .and("BackupMirror" + DATABASE, identity(state, pool.topology().backupMirror()))
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
