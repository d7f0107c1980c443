package dev.runbook.rehearsal.network;

import dev.runbook.rehearsal.tds.Backend;
import dev.runbook.rehearsal.tds.TdsServer;
import java.io.IOException;

/** The wire of one server: listens while the server is up. */
final class Listener implements AutoCloseable {
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
}
