package dev.runbook.terminal;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** A terminal: some lines lie ready, others are typed once somebody waits for them, and then its end comes again and again. */
final class Keystrokes extends InputStream {
    private final Deque<Runnable> before = new ArrayDeque<>();
    private final Deque<ByteArrayInputStream> later = new ArrayDeque<>();
    private ByteArrayInputStream ready;
    private boolean waitedFor;

    Keystrokes(String ready) {
        this.ready = bytes(ready);
    }

    /** What is typed when somebody waits for a line and none is left; an empty text is a Ctrl-D. */
    void onWaiting(String text) {
        onWaiting(() -> {}, text);
    }

    void onWaiting(Runnable first, String text) {
        before.add(first);
        later.add(bytes(text));
    }

    @Override
    public synchronized int available() {
        return waitedFor ? 0 : ready.available();
    }

    @Override
    public synchronized int read() {
        int one = ready.read();
        if (one < 0 && !later.isEmpty()) {
            before.remove().run();
            waitedFor = true;
            ready = later.remove();
            one = ready.read();
        }
        return one;
    }

    private static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
