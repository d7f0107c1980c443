package dev.runbook.terminal;

import dev.runbook.report.Columns;
import java.io.PrintStream;
import java.util.List;
import java.util.function.IntSupplier;

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

    /**
     * Stands in the row above the one in which somebody types, and leaves that row alone: nobody can ask a terminal what is typed
     * there before Enter. Everything is inserted above it, with the sequences that terminals since the VT102 have. Only what is
     * typed beyond the right edge, and so over two rows, is drawn over.
     */
    static final class LineAboveTyping implements LiveLine {
        private static final String ESC = "\u001b";
        private static final String SAVE = ESC + "7";
        private static final String RESTORE = ESC + "8";
        private static final String UP = ESC + "[A";
        private static final String DOWN = ESC + "[B";
        /** One row down in the same column; at the bottom the screen moves up. */
        private static final String FEED = ESC + "D";

        private static final String INSERT_ROW = ESC + "[L";
        private static final String DELETE_ROW = ESC + "[M";
        private static final String ERASE_ROW = ESC + "[2K";

        private final PrintStream stream;
        private final IntSupplier columns;
        private boolean drawn;
        private String shown = "";

        /**
         * A line that is not there yet.
         *
         * @param columns how many the terminal has now
         */
        LineAboveTyping(PrintStream stream, IntSupplier columns) {
            this.stream = stream;
            this.columns = columns;
        }

        @Override
        public void draw(String line) {
            if (drawn && above() > 1) {
                // the window became narrower: the terminal broke the line, and one row would stay behind each time
                wipe();
            }
            if (drawn) {
                stream.print(SAVE + UP + "\r" + ERASE_ROW + line + RESTORE);
            } else {
                insert(line);
                drawn = true;
            }
            shown = line;
        }

        /** How many rows the line that is drawn takes up now. */
        private int above() {
            return drawn ? rows(shown) : 0;
        }

        @Override
        public void print(List<String> lines) {
            lines.forEach(this::insert);
        }

        /** Above the line that is drawn, else above what is typed. */
        private void insert(String line) {
            int rows = rows(line);
            stream.print(
                    FEED.repeat(rows) + UP.repeat(rows) + SAVE + UP.repeat(above()) + "\r" + INSERT_ROW.repeat(rows));
            stream.print(line + RESTORE + DOWN.repeat(rows));
        }

        @Override
        public void wipe() {
            if (drawn) {
                int rows = above();
                stream.print(SAVE + UP.repeat(rows) + "\r" + DELETE_ROW.repeat(rows) + RESTORE + UP.repeat(rows));
                drawn = false;
            }
        }

        /** What was typed and shown is taken off the screen: whatever became of it is told in a line of its own. */
        @Override
        public void typed(List<String> lines) {
            if (drawn) {
                int rows = lines.stream().mapToInt(this::rows).sum();
                stream.print((UP + DELETE_ROW).repeat(rows));
            }
        }

        private int rows(String line) {
            return 1 + Math.max(0, Columns.of(line) - 1) / columns.getAsInt();
        }

        @Override
        public void dropped() {
            if (drawn) {
                stream.print("\r" + ERASE_ROW);
            }
        }

        @Override
        public boolean isDrawn() {
            return drawn;
        }
    }

    /** Drawn over with blanks in place of escape sequences, which works on every terminal. What is being typed stands after it. */
    static final class BlankedLine implements LiveLine {
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
}
