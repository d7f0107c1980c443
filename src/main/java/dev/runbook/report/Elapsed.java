package dev.runbook.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Durations as a clock shows them: {@code 0:02}, {@code 12:44}, {@code 1:02:03}. */
final class Elapsed {
    private Elapsed() {}

    /** Of a negative one: nothing. */
    static String text(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        long minutes = seconds / 60;
        return minutes < 60
                ? String.format(Locale.ROOT, "%d:%02d", minutes, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", minutes / 60, minutes % 60, seconds % 60);
    }

    static String between(Instant start, Instant end) {
        return text(Duration.between(start, end));
    }
}
