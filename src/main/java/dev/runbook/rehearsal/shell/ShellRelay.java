package dev.runbook.rehearsal.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Plays the program {@code pwsh} for a client in another process: hands its arguments and its standard streams to the
 * simulated shell of an estate, and ends when that does.
 */
public final class ShellRelay {
    private ShellRelay() {}

    /**
     * Relays until one side ends. A thread that still waits for input does not keep the process alive.
     *
     * @param door of a {@link ShellServer}, as it tells it itself
     * @param arguments of the program, as they came
     * @param in the program's standard input
     * @param out the program's standard output
     * @throws IOException when nobody listens there
     */
    public static void run(String door, List<String> arguments, InputStream in, OutputStream out) throws IOException {
        String[] portAndToken = door.split(" ", 2);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(portAndToken[0]))) {
            OutputStream requests = socket.getOutputStream();
            String line = arguments.stream()
                    .map(argument -> Base64.getEncoder().encodeToString(argument.getBytes(StandardCharsets.UTF_8)))
                    .collect(Collectors.joining(" ", portAndToken[1], "\n"));
            requests.write(line.getBytes(StandardCharsets.US_ASCII));
            requests.flush();
            Thread up = new Thread(() -> forward(in, socket), "shell-relay-input");
            up.setDaemon(true);
            up.start();
            copy(socket.getInputStream(), out);
        }
    }

    private static void forward(InputStream in, Socket socket) {
        try {
            copy(in, socket.getOutputStream());
            socket.shutdownOutput();
        } catch (IOException e) {
            return; // the estate has ended; the other direction sees it too
        }
    }

    /** As {@code transferTo}, but flushes each piece. */
    private static void copy(InputStream from, OutputStream to) throws IOException {
        byte[] chunk = new byte[65_536];
        for (int count = from.read(chunk); count >= 0; count = from.read(chunk)) {
            to.write(chunk, 0, count);
            to.flush();
        }
    }
}
