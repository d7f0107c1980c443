package dev.runbook.console;

import java.util.List;

/**
 * The line of a screen that is drawn over and over, while other lines pass above it and somebody may be typing. Used by one
 * thread at a time; whoever uses it flushes.
 */
interface LiveLine {
    /** Puts this in the place of what stands there. */
    void draw(String line);

    /** Puts lines above it, for good. */
    void print(List<String> lines);

    /** Takes it away. */
    void wipe();

    /** Somebody has typed lines and ended each; the terminal has shown that. */
    void typed(List<String> lines);

    /** The terminal has thrown away what was being typed. */
    void dropped();

    /** Whether it stands there. */
    boolean isDrawn();
}
