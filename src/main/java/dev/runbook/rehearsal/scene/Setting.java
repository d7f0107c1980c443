package dev.runbook.rehearsal.scene;

import java.util.List;
import java.util.Optional;

/**
 * Servers, pool and computers: all of them at the start of a scene, those that change in a transition.
 *
 * @param servers the SQL servers
 * @param logShipping one entry for each log shipping
 * @param pool the Persistent Chat pool
 * @param computers those that run services or hold a replica of the configuration
 */
public record Setting(
        List<ServerSpec> servers,
        List<LogShippingSpec> logShipping,
        Optional<PoolSpec> pool,
        List<ComputerSpec> computers) {
    /** Nothing. */
    public static final Setting EMPTY = new Setting(List.of(), List.of(), Optional.empty(), List.of());

    /** Copies the lists. */
    public Setting {
        servers = List.copyOf(servers);
        logShipping = List.copyOf(logShipping);
        computers = List.copyOf(computers);
    }

    Setting withPassword(String drawn) {
        return new Setting(
                servers.stream().map(server -> server.withPassword(drawn)).toList(), logShipping, pool, computers);
    }

    /** The server of that name in the scene. */
    public Optional<ServerSpec> server(String id) {
        return servers.stream().filter(server -> server.id().equals(id)).findFirst();
    }
}
