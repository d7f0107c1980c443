package dev.runbook.rehearsal.tds;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Listens on loopback as one SQL Server, and hands every connection to the {@link Backend} behind it. Each connection has
 * threads of its own, so that one which hangs or breaks the rules harms nobody else. Clients may ask for no encryption, for
 * TLS within TDS, or for TDS within TLS; the certificate is made in memory and nobody vouches for it.
 */
public final class TdsServer implements AutoCloseable {
    private final Backend backend;
    private final ServerSocket listener;
    private final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();
    private final Thread acceptor;
    private Tls tls;

    private TdsServer(Backend backend, ServerSocket listener) {
        this.backend = backend;
        this.listener = listener;
        this.acceptor = daemon("tds-" + listener.getLocalPort(), this::accept);
    }

    /** Begins to listen on a free port. */
    public static TdsServer start(Backend backend) throws IOException {
        return start(backend, 0);
    }

    /**
     * Begins to listen.
     *
     * @param port 0 for a free one
     * @throws IOException when the port is taken
     */
    public static TdsServer start(Backend backend, int port) throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        TdsServer server = new TdsServer(backend, new ServerSocket(port, 50, loopback));
        server.acceptor.start();
        return server;
    }

    /** The port where it listens. */
    int port() {
        return listener.getLocalPort();
    }

    /** Where it is dialled, {@code 127.0.0.1:port}. */
    public String address() {
        return listener.getInetAddress().getHostAddress() + ":" + port();
    }

    /** Its side of TLS, made when the first client asks for it. */
    synchronized Tls tls() {
        if (tls == null) {
            tls = Tls.selfSigned();
        }
        return tls;
    }

    /** Breaks every connection, as a network would, and keeps listening. */
    public void dropConnections() {
        List.copyOf(connections).forEach(ClientConnection::drop);
    }

    /** Stops listening and breaks every connection; the port is free when this returns. Calling it again does nothing. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            // closing a listening socket has nothing to lose
        }
        dropConnections();
        try {
            acceptor.join(); // the system lets go of the port only when nobody waits at it
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                admit(listener.accept());
            } catch (IOException e) {
                // either the end of this server, or a client that was gone before it was let in
            }
        }
    }

    private void admit(Socket socket) {
        ClientConnection connection = new ClientConnection(this, socket, backend);
        connections.add(connection);
        daemon("tds-" + port() + "-reader", () -> {
                    try {
                        connection.run();
                    } finally {
                        connections.remove(connection);
                    }
                })
                .start();
        if (listener.isClosed()) {
            connection.drop();
        }
    }

    /** A thread that keeps no program alive. */
    static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
