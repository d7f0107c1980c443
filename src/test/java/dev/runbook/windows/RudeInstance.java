package dev.runbook.windows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * An instance of SQL Server that is there, and closes each connection before anybody is logged in: what a client sees of a login
 * that fails for want of a domain controller, a service principal name or the right time, and of a server that starts.
 * (Microsoft's troubleshooting page "Cannot generate SSPI context", and "A connection was successfully established … but then
 * an error occurred during the login process".)
 */
public final class RudeInstance implements AutoCloseable {
    private final ServerSocket socket;

    /** Begins to listen at an address of this computer. */
    public RudeInstance(InetAddress host) throws IOException {
        this.socket = new ServerSocket(0, 10, host);
        Thread thread = new Thread(this::hangUp, "rude");
        thread.setDaemon(true);
        thread.start();
    }

    private void hangUp() {
        try {
            while (true) {
                socket.accept().close();
            }
        } catch (IOException e) {
            return; // closed
        }
    }

    /** Where it listens. */
    public int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
