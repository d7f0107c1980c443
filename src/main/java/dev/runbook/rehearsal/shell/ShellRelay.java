package dev.runbook.rehearsal.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
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

    /**
     * A stream in memory, from any thread to any other. The one of the library breaks when the thread that wrote last has ended,
     * and a request to stop comes from a thread that may.
     */
    static final class Pipe {
        private static final byte[] END = new byte[0];

        private final BlockingQueue<byte[]> chunks = new LinkedBlockingQueue<>();
        private volatile boolean closed;

        /** Where it is read. Closing it makes writing fail. */
        InputStream reading() {
            return new Reading();
        }

        /** Where it is written. Closing it ends the stream. */
        OutputStream writing() {
            return new Writing();
        }

        private final class Reading extends InputStream {
            private byte[] chunk = END;
            private int from;
            private boolean ended;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                if (from == chunk.length && !ended) {
                    take();
                }
                if (ended) {
                    return -1;
                }
                int count = Math.min(length, chunk.length - from);
                System.arraycopy(chunk, from, target, offset, count);
                from += count;
                return count;
            }

            @Override
            public void close() {
                closed = true;
                chunks.add(END);
            }

            private void take() throws IOException {
                try {
                    chunk = chunks.take();
                    from = 0;
                    ended = chunk == END;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException();
                }
            }
        }

        private final class Writing extends OutputStream {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] source, int offset, int length) throws IOException {
                if (closed) {
                    throw new IOException("the other end is closed");
                }
                if (length > 0) {
                    chunks.add(Arrays.copyOfRange(source, offset, offset + length));
                }
            }

            @Override
            public void close() {
                closed = true;
                chunks.add(END);
            }
        }
    }
}
