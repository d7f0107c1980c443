package dev.runbook.rehearsal.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A stream in memory, from any thread to any other. The one of the library breaks when the thread that wrote last has ended,
 * and a request to stop comes from a thread that may.
 */
final class Pipe {
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
