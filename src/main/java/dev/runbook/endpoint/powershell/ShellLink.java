package dev.runbook.endpoint.powershell;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The two streams to one running shell, whatever is at the other end of them. One thread sends, another receives, any may
 * close.
 */
public interface ShellLink extends AutoCloseable {
    /**
     * Sends a line and flushes it.
     *
     * @param line without its end; ASCII
     * @throws IOException when the other end is gone
     */
    void send(String line) throws IOException;

    /**
     * Waits for the next line.
     *
     * @return null when there will be no more
     * @throws IOException when the other end is gone; the same event as null
     */
    Line receive() throws IOException;

    /** The last lines that the other end wrote to its standard error; for messages only. Of one that has ended: all of the last. */
    List<String> complaints();

    /** Ends the other end and everything that it started, at once. Calling it again does nothing. */
    void kill();

    /** Tells the other end that nothing more comes, gives it a moment, then does as {@link #kill}. */
    @Override
    void close();

    /**
     * One line of the other end.
     *
     * @param text the line without its end, or the beginning of one that is too long
     * @param complete false when the rest of the line was thrown away
     */
    record Line(String text, boolean complete) {}

    /** The last few lines of something that talks without end; each cut to a length a person would read. Safe for several threads. */
    static final class LastLines {
        private static final int LINES = 20;
        private static final int LENGTH = 500;

        private final Deque<String> lines = new ArrayDeque<>();

        /** Keeps a line, forgets the oldest when there are too many; an empty one is nothing. */
        synchronized void add(String line) {
            if (line.isBlank()) {
                return;
            }
            if (lines.size() == LINES) {
                lines.removeFirst();
            }
            lines.addLast(line.length() > LENGTH ? line.substring(0, LENGTH) + "…" : line);
        }

        /** What is kept now, oldest first. */
        synchronized List<String> kept() {
            return List.copyOf(lines);
        }
    }
}
