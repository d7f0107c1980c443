package dev.runbook.windows;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A window that takes no output while somebody marks text in it: a click is enough where QuickEdit is on, and whoever writes waits
 * until a key is pressed. (Microsoft's page on {@code SetConsoleMode}, ENABLE_QUICK_EDIT_MODE; the same is Ctrl-S on other
 * systems.)
 */
public final class StuckTerminal extends OutputStream {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private boolean stuck;

    /** From now on nothing is taken. */
    public synchronized void stick() {
        stuck = true;
    }

    /** From now on all is taken. */
    public synchronized void loosen() {
        stuck = false;
        notifyAll();
    }

    /** What it has taken. */
    public synchronized String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
        while (stuck) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        shown.write(bytes, from, length);
    }
}
