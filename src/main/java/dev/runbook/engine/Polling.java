package dev.runbook.engine;

import java.time.Duration;

/** How long to wait between two looks at a condition: a second at first, growing by half to a quarter of a minute. */
final class Polling {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private Polling() {}

    /**
     * The pause before the next look, never beyond the time that is left.
     *
     * @param looks how often it was looked so far, at least 1
     */
    public static Duration pause(int looks, Duration left) {
        double seconds = Math.min(LONGEST.toSeconds(), FIRST.toSeconds() * Math.pow(1.5, Math.min(looks - 1.0, 20)));
        Duration pause = Duration.ofMillis(Math.round(seconds * 1000));
        return pause.compareTo(left) < 0 ? pause : left;
    }
}
