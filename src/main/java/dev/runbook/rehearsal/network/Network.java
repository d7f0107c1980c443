package dev.runbook.rehearsal.network;

import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.scene.Scene;
import dev.runbook.rehearsal.sqlserver.session.SimulatedServer;
import dev.runbook.rehearsal.tds.Backend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The wires of all servers of an estate. Each server keeps its address, also while it is down. */
public final class Network implements AutoCloseable {
    private final ServerNames names;
    private final Map<String, Listener> byName;

    private Network(ServerNames names, Map<String, Listener> byName) {
        this.names = names;
        this.byName = byName;
    }

    /** A wire for each server; none listens yet. */
    public static Network of(Scene scene, ServerNames names, SimulatedServer.Services services) throws IOException {
        Map<String, Listener> listeners = new LinkedHashMap<>();
        for (Map.Entry<String, String> server : names.byId().entrySet()) {
            String name = server.getValue();
            listeners.put(name, Listener.of(backend(scene, server.getKey(), new SimulatedServer(name, services))));
        }
        return new Network(names, listeners);
    }

    private static Backend backend(Scene scene, String id, Backend server) {
        List<ScriptedAnswer> answers = scene.answers().stream()
                .filter(answer -> answer.server().map(id::equals).orElse(true))
                .map(ScriptedAnswer::of)
                .toList();
        return answers.isEmpty() ? server : new ScriptedBackend(server, answers);
    }

    /** Where a server is dialled, by its name in the scene. */
    public String address(String id) {
        return byName.get(names.of(id)).address();
    }

    /** What a server calls itself. */
    public Optional<String> name(String id) {
        return Optional.ofNullable(names.byId().get(id));
    }

    /** Lets those listen that are up, and no others. */
    public void follow(EstateState state) {
        byName.forEach((name, listener) -> {
            boolean up = state.find(name).filter(Server::up).isPresent();
            attempt(() -> listener.up(up));
        });
    }

    /** Breaks the connections to a server. */
    public void restart(String id) {
        byName.get(names.of(id)).dropConnections();
    }

    /** Breaks every connection. */
    public void breakConnections() {
        byName.values().forEach(Listener::dropConnections);
    }

    @Override
    public void close() {
        byName.values().forEach(listener -> attempt(listener::close));
    }

    private static void attempt(Wiring wiring) {
        try {
            wiring.run();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @FunctionalInterface
    private interface Wiring {
        void run() throws IOException;
    }
}
