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
    public RunScreen(RunText text, Surroundings surroundings, RunPace pace) {
        this.text = text;
        this.stream = surroundings.out();
        this.err = surroundings.err();
        this.columns = surroundings.columns();
        this.clock = surroundings.clock();
        this.pace = pace;
        this.line = surroundings.movesCursor() ? new LineAboveTyping(stream, columns) : new BlankedLine(stream);
    }

    @Override
    public synchronized void accept(Entry entry) {
        pace.take(entry);
        line.print(text.add(entry).stream().flatMap(this::fitted).toList());
        told = Optional.empty();
        detail = now -> "";
        draw();
        stream.flush();
        tellIfLost();
    }

    /** The journal is the record, so a run goes on without a screen; but not without a word. */
    private void tellIfLost() {
        if (!lost && stream.checkError()) {
            lost = true;
            err.println(
                    "The output cannot be written any more. The run goes on: its journal has all, and status shows it.");
        }
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
        if (line.isDrawn()) {
            draw();
            stream.flush();
        }
    }

    /** Somebody has typed lines that answer no question. */
    public synchronized void typed(List<String> lines) {
        line.typed(lines);
        stream.flush();
    }

    /** The terminal has thrown away what was being typed, as it does at Ctrl-C. */
    public synchronized void dropped() {
        line.dropped();
        stream.flush();
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
        String dated = columns > 0 ? "" : clock.instant().truncatedTo(ChronoUnit.SECONDS) + "         ";
        line.print(message.lines().map(dated::concat).flatMap(this::fitted).toList());
        draw();
        stream.flush();
    }

    @Override
    public void advanced(String step, long done, long total, String unit) {
        passing(step, now -> ProgressText.of(done, total, unit));
    }

    @Override
    public void said(String step, String message) {
        String first = message.strip().lines().findFirst().orElse("");
        passing(step, now -> first);
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

    private Stream<String> fitted(String whole) {
        return columns == 0 || text.staysWhole(whole) ? Stream.of(whole) : Columns.wrapped(whole, columns).stream();
    }

    private void draw() {
        if (columns == 0 || asking) {
            return;
        }
        Instant now = clock.instant();
        text.underWay(now).ifPresentOrElse(step -> line.draw(withClocks(step, now)), line::wipe);
    }

    private String withClocks(String step, Instant now) {
        String all = "  " + pace.at(now);
        // on a narrow terminal the step counts for more than the forecast
        String clocks = all.length() > columns / 2 ? all.split(",", 2)[0] : all;
        // the last column stays free: many terminals go to the next line once it is filled
        int room = Math.max(1, columns - 1 - clocks.length());
        String shown = step + "  " + detail.apply(now);
        return Columns.cut(Columns.cut(shown, room).stripTrailing() + clocks, columns - 1);
    }
}
