package dev.runbook.rehearsal.cmdlet.pool;

import dev.runbook.rehearsal.model.Pool;
import java.util.Optional;

/** What a change of the settings does to the pool. */
final class PoolSettings {
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
    static Pool.WindowsService attached(Pool.WindowsService service, Pool.Topology topology, Pool.Settings settings) {
        boolean serves = settings.active().stream().anyMatch(service.computer()::equalsIgnoreCase);
        boolean connected = service.running() && (serves || service.attached().isPresent());
        return connected
                ? service.attached(
                        Optional.of(settings.state() == Pool.State.NORMAL ? topology.primary() : topology.backup()))
                : service;
    }
}
