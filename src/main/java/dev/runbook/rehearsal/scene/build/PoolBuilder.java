package dev.runbook.rehearsal.scene.build;

import dev.runbook.rehearsal.model.Pool;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.scene.ComputerSpec;
import dev.runbook.rehearsal.scene.PoolSpec;
import dev.runbook.rehearsal.scene.Scene;
import dev.runbook.rehearsal.scene.ServerSpec;
import dev.runbook.rehearsal.scene.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the pool, its replicas and the Windows services. */
final class PoolBuilder {
    private final Map<String, String> names;

    PoolBuilder(Scene scene) {
        this.names = scene.everyServer().stream().collect(Collectors.toMap(ServerSpec::id, PoolBuilder::name));
    }

    /** The pool at the start. */
    Pool pool(Setting setting) {
        PoolSpec spec = setting.pool().orElseThrow();
        List<String> members =
                Stream.concat(spec.active().stream(), spec.inactive().stream()).toList();
        PoolSpec.Databases databases = spec.databases();
        Pool.Topology topology = new Pool.Topology(
                names.get(databases.primary()),
                databases.mirror().map(names::get),
                names.get(databases.backup()),
                databases.backupMirror().map(names::get),
                members);
        Pool.State state = spec.failedOver() ? Pool.State.FAILED_OVER : Pool.State.NORMAL;
        Pool pool = new Pool(spec.fqdn(), topology, new Pool.Settings(state, spec.active()), 1, List.of(), List.of());
        return changed(pool, setting);
    }

    /** A pool with the computers of a setting added or changed. */
    Pool changed(Pool pool, Setting setting) {
        List<ComputerSpec> computers = setting.computers();
        List<Pool.Replica> replicas = merged(
                pool.replicas(),
                computers.stream().map(computer -> replica(pool, computer)).toList(),
                Pool.Replica::fqdn);
        List<Pool.WindowsService> services = merged(
                pool.services(),
                computers.stream()
                        .flatMap(PoolBuilder::services)
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

    private static String name(ServerSpec spec) {
        return new Server.Identity(spec.host(), spec.instance().orElse(""), spec.version()).name();
    }
}
