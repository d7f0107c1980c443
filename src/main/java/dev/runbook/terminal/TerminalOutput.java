package dev.runbook.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What is written to a terminal, by a thread of its own, so that nobody who works waits for a window: one in which somebody
 * marks text takes nothing, for hours if need be. What is written meanwhile is kept up to a bound; what is more is left out, and a line
 * says so once the terminal takes something again. A terminal that is merely slow is waited for, and loses nothing. Standard
 * output and standard error share it, so that their order stays. Safe for use by several threads.
 */
public final class TerminalOutput {
    private static final int BOUND = 1 << 20;
    /** After so long without anything taken a terminal counts as one that takes nothing. */
    private static final Duration SLOW = Duration.ofSeconds(1);

    private final LongSupplier nanos;
    private final int bound;
    private final long slow;
    private final Queue<Piece> waiting = new ArrayDeque<>();
    private int size;
    private long leftOut;
    private boolean writing;
    private long lastTaken;

    private record Piece(Terminal terminal, byte[] bytes) {}

    /**
     * An output that begins now.
     *
     * @param nanos a clock that only ever goes on, in nanoseconds
     */
    public TerminalOutput(LongSupplier nanos) {
        this(nanos, BOUND, SLOW);
    }

    TerminalOutput(LongSupplier nanos, int bound, Duration slow) {
        this.nanos = nanos;
        this.lastTaken = nanos.getAsLong();
        this.bound = bound;
        this.slow = slow.toNanos();
        Thread writer = new Thread(this::write, "terminal");
        writer.setDaemon(true);
        writer.start();
    }

    /**
     * A stream whose bytes go to the terminal in time.
     *
     * @param sink the terminal
     */
    public PrintStream to(OutputStream sink, Charset charset) {
        return new PrintStream(new Sink(new Terminal(sink)), true, charset);
    }

    /**
     * Waits until all that was written so far has been taken, or nothing more is taken for so long.
     *
     * @return whether all has been
     */
    public synchronized boolean drain(Duration patience) {
        long begun = nanos.getAsLong();
        try {
            while (!waiting.isEmpty() || writing) {
                long now = nanos.getAsLong();
                long idle = Math.min(now - begun, now - lastTaken);
                if (idle >= patience.toNanos()) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(this, patience.toNanos() - idle);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized void put(Terminal terminal, byte[] bytes) {
        try {
            while (size + bytes.length > bound && !waiting.isEmpty() && isTaking()) {
                TimeUnit.NANOSECONDS.timedWait(this, slow);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (size + bytes.length > bound && !waiting.isEmpty()) {
            leftOut += bytes.length;
            return;
        }
        if (waiting.isEmpty() && !writing) {
            lastTaken = nanos.getAsLong();
        }
        waiting.add(new Piece(terminal, bytes));
        size += bytes.length;
        notifyAll();
    }

    private boolean isTaking() {
        return nanos.getAsLong() - lastTaken < slow;
    }

    private void write() {
        try {
            while (true) {
                Piece piece = next();
                piece.terminal.write(piece.bytes);
                taken(piece);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Piece next() throws InterruptedException {
        while (waiting.isEmpty()) {
            wait();
        }
        writing = true;
        return waiting.remove();
    }

    private synchronized void taken(Piece piece) {
        writing = false;
        size -= piece.bytes.length;
        lastTaken = nanos.getAsLong();
        if (leftOut > 0) {
            String line = System.lineSeparator() + "(" + leftOut
                    + " characters are left out here: the window took no output. status shows how the run stands.)"
                    + System.lineSeparator();
            leftOut = 0;
            byte[] bytes = line.getBytes(Charset.defaultCharset());
            waiting.add(new Piece(piece.terminal, bytes));
            size += bytes.length;
        }
        notifyAll();
    }

    /** Where it is written; once that fails nothing more is tried. */
    private static final class Terminal {
        private final OutputStream sink;
        private volatile boolean gone;

        private Terminal(OutputStream sink) {
            this.sink = sink;
        }

        void write(byte[] bytes) {
            try {
                if (!gone) {
                    sink.write(bytes);
                    sink.flush();
                }
            } catch (IOException e) {
                gone = true;
            }
        }
    }

    private final class Sink extends OutputStream {
        private final Terminal terminal;

        private Sink(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (terminal.gone) {
                throw new IOException("the terminal is gone");
            }
            put(terminal, Arrays.copyOfRange(bytes, from, from + length));
        }
    }
}
