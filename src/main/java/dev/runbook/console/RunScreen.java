package dev.runbook.console;

import dev.runbook.attempt.Watcher;
import dev.runbook.journal.Entry;
import dev.runbook.report.Columns;
import dev.runbook.report.ProgressText;
import dev.runbook.report.RunText;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Shows a run while it goes. On a terminal the step under way has a line that is drawn over; elsewhere long work is told
 * every ten seconds. Safe for use by several threads.
 */
public final class RunScreen implements Consumer<Entry>, Watcher {
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final RunText text;
    private final PrintStream stream;
    private final int columns;
    private final Clock clock;
    private final RunPace pace;
    private Function<Instant, String> detail = now -> "";
    private boolean asking;
    private int drawn;
    private Optional<Instant> told = Optional.empty();

    /**
     * A screen.
     *
     * @param text makes the lines
     * @param columns how many the terminal has; 0 where there is none, and no line can be drawn over
     * @param pace the clocks beside that line
     */
    public RunScreen(RunText text, PrintStream stream, int columns, Clock clock, RunPace pace) {
        this.pace = pace;
        this.text = text;
        this.stream = stream;
        this.columns = columns;
        this.clock = clock;
    }

    @Override
    public synchronized void accept(Entry entry) {
        pace.take(entry);
        List<String> lines = text.add(entry);
        wipe();
        lines.stream().flatMap(this::fitted).forEach(stream::println);
        told = Optional.empty();
        detail = now -> "";
        draw();
        stream.flush();
    }

    /** Takes in what happened before, without showing it again. */
    public synchronized void recall(List<Entry> entries) {
        entries.forEach(text::add);
        entries.forEach(pace::take);
    }

    /** All that is known of a step, for whoever wants to see more than the failure screen. */
    public synchronized List<String> details(String step) {
        return text.story(step);
    }

    /** Lets the clocks of the line that is drawn over go on. */
    public synchronized void tick() {
        if (drawn > 0) {
            wipe();
            draw();
            stream.flush();
        }
    }

    /** Draws nothing over what a person is asked and types. */
    public <T> T still(Supplier<T> question) {
        ask(true);
        try {
            return question.get();
        } finally {
            ask(false);
        }
    }

    private synchronized void ask(boolean begins) {
        asking = begins;
        wipe();
        stream.flush();
    }

    /** Leaves the terminal as it was found: nothing half drawn stays on it. */
    public synchronized void rest() {
        wipe();
        stream.flush();
    }

    /** Tells the operator something that is no event. */
    public synchronized void say(String message) {
        wipe();
        // without a terminal every line says when it was written
        String dated = columns > 0 ? "" : clock.instant().truncatedTo(ChronoUnit.SECONDS) + "         ";
        message.lines().map(dated::concat).forEach(stream::println);
        draw();
        stream.flush();
    }

    @Override
    public void advanced(String step, long done, long total, String unit) {
        passing(step, now -> ProgressText.of(done, total, unit));
    }

    @Override
    public void said(String step, String message) {
        String line = message.strip().lines().findFirst().orElse("");
        passing(step, now -> line);
    }

    @Override
    public void waiting(String step, String condition, Duration left) {
        Instant end = clock.instant().plus(left);
        passing(step, now -> "waiting for \"" + condition + "\", " + seconds(now, end) + " s at most");
    }

    @Override
    public void pausing(String step, int nextAttempt, Duration time) {
        Instant end = clock.instant().plus(time);
        passing(step, now -> "attempt " + nextAttempt + " follows in " + seconds(now, end) + " s");
    }

    private static long seconds(Instant now, Instant end) {
        return Math.max(0, Duration.between(now, end).toSeconds());
    }

    private synchronized void passing(String step, Function<Instant, String> text) {
        detail = text;
        if (columns > 0) {
            wipe();
            draw();
            stream.flush();
        } else if (isQuietLongEnough()) {
            Instant now = clock.instant();
            stream.println(now.truncatedTo(ChronoUnit.SECONDS) + "         step " + step + ": " + text.apply(now) + "  "
                    + pace.at(now));
            stream.flush();
        }
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

    private Stream<String> fitted(String line) {
        return columns == 0 ? Stream.of(line) : Columns.wrapped(line, columns).stream();
    }

    private void draw() {
        if (columns == 0 || asking) {
            return;
        }
        Instant now = clock.instant();
        Optional<String> step = text.underWay(now);
        if (step.isEmpty()) {
            return;
        }
        String all = "  " + pace.at(now);
        // on a narrow terminal the step counts for more than the forecast
        String clocks = all.length() > columns / 2 ? all.split(",", 2)[0] : all;
        String line = step.get() + "  " + detail.apply(now);
        // the last column stays free: many terminals go to the next line once it is filled
        int room = Math.max(1, columns - 1 - clocks.length());
        String shown = Columns.cut(Columns.cut(line, room).stripTrailing() + clocks, columns - 1);
        stream.print(shown);
        drawn = Columns.of(shown);
    }

    /** Blanks in place of an escape sequence: they work on every terminal. */
    private void wipe() {
        if (drawn > 0) {
            stream.print("\r" + " ".repeat(drawn) + "\r");
            drawn = 0;
        }
    }
}
