package dev.runbook.endpoint.powershell;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last few lines of something that talks without end; each cut to a length a person would read. Safe for several threads. */
final class LastLines {
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
