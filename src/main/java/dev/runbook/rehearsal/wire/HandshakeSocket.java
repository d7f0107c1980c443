package dev.runbook.rehearsal.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;

/**
 * A connected socket over which a TLS handshake travels inside of TDS packets. What is written is collected until the other
 * side is listened to again, so that every flight is one message, as the driver expects. After the handshake bytes pass as
 * they are.
 */
final class HandshakeSocket extends Socket {
    private final Socket socket;
    private final MessageReader reader;
    private final MessageWriter writer;
    private byte[] received = {};
    private int taken;
    private boolean unsent;
    private volatile boolean over;

    HandshakeSocket(Socket socket) throws IOException {
        this.socket = socket;
        this.reader = new MessageReader(socket.getInputStream());
        this.writer = new MessageWriter(socket.getOutputStream());
    }

    /** Sends what the handshake wrote last, and wraps nothing any more. */
    void endHandshake() throws IOException {
        sendFlight();
        over = true;
    }

    private void sendFlight() throws IOException {
        if (unsent) {
            unsent = false;
            writer.end();
        }
    }

    private int receive(byte[] target, int offset, int length) throws IOException {
        if (taken < received.length) {
            int count = Math.min(length, received.length - taken);
            System.arraycopy(received, taken, target, offset, count);
            taken += count;
            return count;
        }
        if (over) {
            return socket.getInputStream().read(target, offset, length);
        }
        sendFlight();
        received = reader.next().body();
        taken = 0;
        return receive(target, offset, length);
    }

    private void send(byte[] source, int offset, int length) throws IOException {
        if (over) {
            socket.getOutputStream().write(source, offset, length);
            return;
        }
        byte[] part = new byte[length];
        System.arraycopy(source, offset, part, 0, length);
        writer.write(part);
        unsent = true;
    }

    @Override
    public InputStream getInputStream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return receive(target, offset, length);
            }
        };
    }

    @Override
    public OutputStream getOutputStream() {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] source, int offset, int length) throws IOException {
                send(source, offset, length);
            }

            @Override
            public void flush() throws IOException {
                socket.getOutputStream().flush();
            }
        };
    }

    @Override
    public boolean isConnected() {
        return socket.isConnected();
    }

    @Override
    public boolean isClosed() {
        return socket.isClosed();
    }

    @Override
    public InetAddress getInetAddress() {
        return socket.getInetAddress();
    }

    @Override
    public int getPort() {
        return socket.getPort();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return socket.getRemoteSocketAddress();
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return socket.getSoTimeout();
    }

    @Override
    public synchronized void setSoTimeout(int timeout) throws SocketException {
        socket.setSoTimeout(timeout);
    }

    @Override
    public synchronized void close() throws IOException {
        socket.close();
    }
}
