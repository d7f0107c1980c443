package dev.runbook.terminal;

import dev.runbook.engine.World;
import dev.runbook.event.RunEvent;
import dev.runbook.journal.Entry;
import dev.runbook.report.Columns;
import dev.runbook.report.LiveText;
import dev.runbook.report.RunPace;
import dev.runbook.report.RunText;
import dev.runbook.state.RunFold;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Shows a run while it goes. On a terminal the step under way has a line that is drawn over; elsewhere long work is told
 * every ten seconds. Safe for use by several threads.
 */
public final class RunScreen implements Consumer<Entry>, World.Watcher {
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final RunText text;
    private final PrintStream stream;
    private final boolean terminal;
    private final IntSupplier columns;
    private final Clock clock;
    private final RunPace pace;
    private LiveText.Doing doing = LiveText.Doing.NOTHING;
    private final LiveLine line;
    private final PrintStream err;
    private boolean asking;
    private boolean lost;
    private Optional<Instant> told = Optional.empty();

    /**
     * A screen.
     *
     * @param text makes the lines
     * @param pace the clocks beside the line that is drawn over
     */
    public RunScreen(RunText text, CliContext context, RunPace pace) {
        this.text = text;
        this.stream = context.out();
        this.err = context.err();
        this.terminal = context.terminal();
        this.columns = context::columns;
        this.clock = context.clock();
        this.pace = pace;
        this.line = context.movesCursor()
                ? new LiveLine.LineAboveTyping(stream, columns)
                : new LiveLine.BlankedLine(stream);
    }

    @Override
    public synchronized void accept(Entry entry) {
        line.print(text.add(entry).stream().flatMap(this::fitted).toList());
        if (RunFold.stepOf(entry.event()).isPresent()) {
            told = Optional.empty();
            doing = LiveText.Doing.NOTHING;
        }
        draw();
        stream.flush();
        tellIfLost();
        if (entry.event() instanceof RunEvent.RunStopped) {
            pace.objective(text.run(), entry.time()).ifPresent(this::say);
        }
    }

    /** The journal is the record, so a run goes on without a screen; but not without a word. */
    private void tellIfLost() {
        if (!lost && stream.checkError()) {
            lost = true;
            err.println("The output cannot be written any more. The run goes on: its journal has all, and status shows"
                    + " it.");
        }
    }

    /** Takes in what happened before, without showing it again. */
    public synchronized void recall(List<Entry> entries) {
        entries.forEach(text::add);
    }

    /** All that is known of a step, for whoever wants to see more than the failure screen. */
    synchronized List<String> details(String step) {
        return text.story(step);
    }

    /** Lets the clocks of the line that is drawn over go on. */
    public synchronized void tick() {
        if (line.isDrawn()) {
            draw();
            stream.flush();
        }
    }

    /** Somebody has typed lines that answer no question. */
    synchronized void typed(List<String> lines) {
        line.typed(lines);
        stream.flush();
    }

    /** The terminal has thrown away what was being typed, as it does at Ctrl-C. */
    public synchronized void dropped() {
        if (asking) {
            // the row of the prompt stays where it is, and what is told from here on stands below it
            stream.println();
        } else {
            line.dropped();
        }
        stream.flush();
    }

    /** Draws nothing over what a person is asked and types. */
    <T> T still(Supplier<T> question) {
        ask(true);
        try {
            return question.get();
        } finally {
            ask(false);
        }
    }

    private synchronized void ask(boolean begins) {
        asking = begins;
        line.wipe();
        stream.flush();
    }

    /** Leaves the terminal as it was found: nothing half drawn stays on it. */
    public synchronized void rest() {
        line.wipe();
        stream.flush();
    }

    /** Tells the operator something that is no event. */
    public synchronized void say(String message) {
        // without a terminal every line says when it was written
        String dated = terminal ? "" : clock.instant().truncatedTo(ChronoUnit.SECONDS) + "         ";
        line.print(message.lines()
                .filter(text -> terminal || !text.isBlank())
                .map(dated::concat)
                .flatMap(this::fitted)
                .toList());
        draw();
        stream.flush();
    }

    @Override
    public void advanced(String step, long done, long total, String unit) {
        passing(step, LiveText.Doing.advanced(done, total, unit));
    }

    @Override
    public void said(String step, String message) {
        passing(step, LiveText.Doing.said(message));
    }

    @Override
    public void waiting(String step, String condition, String why, Duration left) {
        passing(step, LiveText.Doing.waiting(condition, why, clock.instant().plus(left)));
    }

    @Override
    public void pausing(String step, int nextAttempt, Duration time) {
        passing(step, LiveText.Doing.pausing(nextAttempt, clock.instant().plus(time)));
    }

    private synchronized void passing(String step, LiveText.Doing now) {
        doing = now;
        if (terminal) {
            draw();
            stream.flush();
        } else if (isQuietLongEnough()) {
            tell(step, clock.instant());
        }
    }

    private void tell(String step, Instant now) {
        text.underWay(now)
                .map(work -> new LiveText(work, doing.text(work, now), pace.at(text.run(), now)))
                .ifPresent(live -> stream.println(
                        now.truncatedTo(ChronoUnit.SECONDS) + "         step " + step + ":" + live.passing()));
        stream.flush();
    }

    /** The first sign of long work starts the clock, so that short work stays silent. */
    private boolean isQuietLongEnough() {
        Instant now = clock.instant();
        if (told.isEmpty()) {
            told = Optional.of(now);
            return false;
        }
        boolean enough = Duration.between(told.get(), now).compareTo(QUIET) >= 0;
        if (enough) {
            told = Optional.of(now);
        }
        return enough;
    }

    private Stream<String> fitted(String whole) {
        return !terminal || text.staysWhole(whole)
                ? Stream.of(whole)
                : Columns.wrapped(whole, columns.getAsInt()).stream();
    }

    private void draw() {
        if (!terminal || asking) {
            return;
        }
        Instant now = clock.instant();
        // the last column stays free: many terminals go to the next line once it is filled
        text.underWay(now)
                .map(step ->
                        new LiveText(step, doing.text(step, now), pace.at(text.run(), now)).in(columns.getAsInt() - 1))
                .ifPresentOrElse(line::draw, line::wipe);
    }

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
                stream.print(FEED.repeat(rows) + UP.repeat(rows) + SAVE + UP.repeat(above()) + "\r"
                        + INSERT_ROW.repeat(rows));
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
}
