package dev.runbook.rehearsal.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The whole estate at one moment.
 *
 * @param servers the SQL servers
 * @param pool the Persistent Chat pool
 */
public record EstateState(List<Server> servers, Pool pool) {
    /** Copies the list. */
    public EstateState {
        servers = List.copyOf(servers);
    }

    /**
     * The server of that name.
     *
     * @param name as {@code @@SERVERNAME} tells it
     * @throws IllegalArgumentException when there is none
     */
    public Server server(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("no server " + name + " in this estate"));
    }

    /** The server that is meant by {@code HOST\INSTANCE}, the host in full or by its first label. */
    public Optional<Server> find(String name) {
        int slash = name.indexOf('\\');
        String host = slash < 0 ? name : name.substring(0, slash);
        String instance = slash < 0 ? "" : name.substring(slash + 1);
        String machine = Server.Identity.machine(host);
        return servers.stream()
                .filter(server -> server.identity().machine().equals(machine)
                        && server.identity().instance().equalsIgnoreCase(instance))
                .findFirst();
    }

    /** With a server, new or changed. */
    public EstateState with(Server changed) {
        List<Server> next = new ArrayList<>(servers);
        next.replaceAll(server -> server.name().equals(changed.name()) ? changed : server);
        if (!next.contains(changed)) {
            next.add(changed);
        }
        return new EstateState(next, pool);
    }

    /** With the server of that name changed; nothing happens where there is none. */
    public EstateState change(String name, UnaryOperator<Server> change) {
        return find(name).map(server -> with(change.apply(server))).orElse(this);
    }

    /** With another pool. */
    public EstateState with(Pool next) {
        return new EstateState(servers, next);
    }

    /** Without the programs that are connected from outside, and without the locks that they held. */
    public EstateState withoutClients() {
        return new EstateState(
                servers.stream()
                        .map(server -> server.with(server.sessions().withoutClients()))
                        .toList(),
                pool);
    }
}
