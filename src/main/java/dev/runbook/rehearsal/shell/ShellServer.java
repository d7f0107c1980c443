package dev.runbook.rehearsal.shell;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Serves a simulated shell to every {@link ShellRelay} that connects, on loopback alone. */
public final class ShellServer implements AutoCloseable {
    private final ServerSocket socket;
    private final SimulatedShell shell;

    /**
     * Listens at a free port.
     *
     * @throws UncheckedIOException when there is none
     */
    public ShellServer(SimulatedShell shell) {
        this.shell = shell;
        try {
            socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept, "simulated-shell-server");
    }

    /** Where it listens. */
    public int port() {
        return socket.getLocalPort();
    }

    /** Stops listening; shells that run go on. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                start(() -> serve(client), "simulated-shell");
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            shell.serve(arguments(client.getInputStream()), client.getInputStream(), client.getOutputStream());
        } catch (IOException e) {
            return; // the client is gone
        }
    }

    /** The first line of a relay: the arguments it was started with, each in base64. */
    static List<String> arguments(InputStream stream) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = stream.read(); b >= 0 && b != '\n'; b = stream.read()) {
            line.write(b);
        }
        return Arrays.stream(line.toString(StandardCharsets.US_ASCII).split(" "))
                .map(argument -> new String(Base64.getDecoder().decode(argument), StandardCharsets.UTF_8))
                .toList();
    }

    private static void start(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
