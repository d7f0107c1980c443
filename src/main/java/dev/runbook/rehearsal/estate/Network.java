package dev.runbook.rehearsal.estate;

import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.scene.Scene;
import dev.runbook.rehearsal.server.SimulatedServer;
import dev.runbook.rehearsal.server.SimulatedServer.Services;
import dev.runbook.rehearsal.tds.Backend;
import dev.runbook.rehearsal.tds.TdsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The wires of all servers of an estate. Each server keeps its address, also while it is down. */
final class Network implements AutoCloseable {
    private final Map<String, String> names;
    private final Map<String, Listener> byName;

    private Network(Map<String, String> names, Map<String, Listener> byName) {
        this.names = names;
        this.byName = byName;
    }

    /** A wire for each server; none listens yet. */
    static Network of(Scene scene, Services services) throws IOException {
        Map<String, String> names = scene.serverNames();
        Map<String, Listener> listeners = new LinkedHashMap<>();
        for (Map.Entry<String, String> server : names.entrySet()) {
            String name = server.getValue();
            listeners.put(name, Listener.of(backend(scene, server.getKey(), new SimulatedServer(name, services))));
        }
        return new Network(names, listeners);
    }

    private static Backend backend(Scene scene, String id, Backend server) {
        List<ScriptedBackend.ScriptedAnswer> answers = scene.answers().stream()
                .filter(answer -> answer.server().map(id::equals).orElse(true))
                .map(ScriptedBackend.ScriptedAnswer::of)
                .toList();
        return answers.isEmpty() ? server : new ScriptedBackend(server, answers);
    }

    /** Where a server is dialled, by its name in the scene. */
    String address(String id) {
        return byName.get(names.get(id)).address();
    }

    /** What a server calls itself. */
    Optional<String> name(String id) {
        return Optional.ofNullable(names.get(id));
    }

    /** Lets those listen that are up, and no others. */
    void follow(EstateState state) {
        byName.forEach((name, listener) -> {
            boolean up = state.find(name).filter(Server::up).isPresent();
            attempt(() -> listener.up(up));
        });
    }

    /** Breaks the connections to a server. */
    void restart(String id) {
        byName.get(names.get(id)).dropConnections();
    }

    /** Breaks every connection. */
    void breakConnections() {
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

    /** The wire of one server: listens while the server is up. */
    private static final class Listener implements AutoCloseable {
        private final Backend backend;
        private final Port port;
        private TdsServer wire;

        private Listener(Backend backend, Port port) {
            this.backend = backend;
            this.port = port;
        }

        /** A server that does not listen yet. */
        static Listener of(Backend backend) throws IOException {
            return new Listener(backend, Port.reserved());
        }

        /** Where it is dialled, whether it listens or not. */
        String address() {
            return port.address();
        }

        /** Begins to listen, or stops; nothing happens where it is so already. */
        void up(boolean wanted) throws IOException {
            if (wanted && wire == null) {
                port.release();
                wire = TdsServer.start(backend, port.number());
            } else if (!wanted) {
                down();
            }
        }

        private void down() throws IOException {
            if (wire != null) {
                wire.close();
                wire = null;
            }
            port.hold();
        }

        /** Breaks every connection, as a restart of the server would. */
        void dropConnections() {
            if (wire != null) {
                wire.dropConnections();
            }
        }

        @Override
        public void close() throws IOException {
            if (wire != null) {
                wire.close();
                wire = null;
            }
            port.close();
        }

        /**
         * A port of loopback that belongs to one server for as long as the estate stands, so that a site file stays true. While the
         * server is down it is held without listening: who dials it is refused at once, and nobody else can take it.
         */
        private static final class Port implements AutoCloseable {
            private final int number;
            private Socket holder;

            private Port(Socket holder) {
                this.holder = holder;
                this.number = holder.getLocalPort();
            }

            /** A free one. */
            static Port reserved() throws IOException {
                return new Port(held(0));
            }

            int number() {
                return number;
            }

            /** {@code 127.0.0.1:port}. */
            String address() {
                return "127.0.0.1:" + number;
            }

            /** Lets go of it, so that a server can listen there. */
            void release() throws IOException {
                if (holder != null) {
                    holder.close();
                    holder = null;
                }
            }

            /** Holds it again. Where the system has not let go of it yet, nothing happens, and it is tried again later. */
            void hold() throws IOException {
                if (holder == null) {
                    try {
                        holder = held(number);
                    } catch (BindException notYet) {
                        holder = null;
                    }
                }
            }

            @Override
            public void close() throws IOException {
                release();
            }

            /** A socket that is bound and nothing else. */
            private static Socket held(int port) throws IOException {
                Socket socket = new Socket();
                try {
                    socket.setReuseAddress(true);
                    socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
                    return socket;
                } catch (IOException failure) {
                    socket.close();
                    throw failure;
                }
            }
        }
    }
}
