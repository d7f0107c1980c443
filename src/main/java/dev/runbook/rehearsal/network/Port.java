package dev.runbook.rehearsal.network;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port of loopback that belongs to one server for as long as the estate stands, so that a site file stays true. While the
 * server is down it is held without listening: who dials it is refused at once, and nobody else can take it.
 */
final class Port implements AutoCloseable {
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
