package dev.runbook.rehearsal.shell;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Serves a simulated shell to every {@link ShellRelay} that knows the token, on loopback alone. Whoever begins with anything
 * else is cut off.
 */
public final class ShellServer implements AutoCloseable {
    private final ServerSocket socket;
    private final SimulatedShell shell;
    private final String token;

    /**
     * Listens at a free port.
     *
     * @param token that a client sends first; a secret
     * @throws UncheckedIOException when there is none
     */
    public ShellServer(SimulatedShell shell, String token) {
        this.shell = shell;
        this.token = token;
        try {
            socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept, "simulated-shell-server");
    }

    /** What a {@link ShellRelay} needs to get in: port and token. A secret of this estate's user. */
    public String door() {
        return socket.getLocalPort() + " " + token;
    }

    /** Stops listening; shells that run keep running. */
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
            InputStream in = client.getInputStream();
            if (MessageDigest.isEqual(in.readNBytes(token.length()), token.getBytes(StandardCharsets.US_ASCII))) {
                shell.serve(arguments(in), in, client.getOutputStream());
            }
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
