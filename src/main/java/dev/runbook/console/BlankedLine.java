package dev.runbook.console;

import dev.runbook.report.Columns;
import java.io.PrintStream;
import java.util.List;

/** Drawn over with blanks in place of escape sequences, which works on every terminal. What is being typed stands behind it. */
final class BlankedLine implements LiveLine {
    private final PrintStream stream;
    private int drawn;

    BlankedLine(PrintStream stream) {
        this.stream = stream;
    }

    @Override
    public void draw(String line) {
        wipe();
        stream.print(line);
        drawn = Columns.of(line);
    }

    @Override
    public void print(List<String> lines) {
        wipe();
        lines.forEach(stream::println);
    }

    @Override
    public void wipe() {
        if (drawn > 0) {
            stream.print("\r" + " ".repeat(drawn) + "\r");
            drawn = 0;
        }
    }

    @Override
    public void typed(List<String> lines) {
        drawn = 0;
    }

    @Override
    public void dropped() {
        // nobody knows where it stands
    }

    @Override
    public boolean isDrawn() {
        return drawn > 0;
    }
}
