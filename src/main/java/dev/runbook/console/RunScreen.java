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
    private int drawn;
    private Optional<Instant> told = Optional.empty();

    /**
     * A screen.
     *
     * @param text makes the lines
     * @param columns how many the terminal has; 0 where there is none, and no line can be drawn over
     */
    public RunScreen(RunText text, PrintStream stream, int columns, Clock clock) {
        this.text = text;
        this.stream = stream;
        this.columns = columns;
        this.clock = clock;
    }

    @Override
    public synchronized void accept(Entry entry) {
        List<String> lines = text.add(entry);
        wipe();
        lines.stream().flatMap(this::fitted).forEach(stream::println);
        told = Optional.empty();
        draw("");
        stream.flush();
    }

    /** Takes in what happened before, without showing it again. */
    public synchronized void recall(List<Entry> entries) {
        entries.forEach(text::add);
    }

    /** Tells the operator something that is no event. */
    public synchronized void say(String message) {
        wipe();
        stream.println(message);
        draw("");
        stream.flush();
    }

    @Override
    public void advanced(String step, long done, long total, String unit) {
        passing(step, ProgressText.of(done, total, unit));
    }

    @Override
    public void said(String step, String message) {
        passing(step, message.strip().lines().findFirst().orElse(""));
    }

    @Override
    public void waiting(String step, String condition, Duration left) {
        passing(step, "waiting for \"" + condition + "\", " + left.toSeconds() + " s at most");
    }

    @Override
    public void pausing(String step, int nextAttempt, Duration time) {
        passing(step, "attempt " + nextAttempt + " follows in " + time.toSeconds() + " s");
    }

    private synchronized void passing(String step, String detail) {
        if (columns > 0) {
            wipe();
            draw(detail);
            stream.flush();
        } else if (isQuietLongEnough()) {
            stream.println(clock.instant().truncatedTo(ChronoUnit.SECONDS) + "         step " + step + ": " + detail);
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

    private void draw(String detail) {
        if (columns == 0) {
            return;
        }
        String line = text.underWay(clock.instant())
                .map(step -> detail.isEmpty() ? step : step + "  " + detail)
                .orElse("");
        // the last column stays free: many terminals go to the next line once it is filled
        String shown = Columns.cut(line, columns - 1);
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
