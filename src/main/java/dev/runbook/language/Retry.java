package dev.runbook.language;

import java.time.Duration;
import java.util.Set;

/**
 * How often an action is tried. More than one attempt says that running it again does no harm.
 *
 * @param attempts at least 1, the first one included
 * @param delay the pause before the second attempt; 5 s unless said
 * @param backoff factor from one pause to the next; 2 unless said
 * @param maxDelay no pause is longer; 1 m unless said
 * @param jitter share of a pause, from 0 to 1, by which it varies at random; 0 unless said
 * @param on error numbers or ids that are retried besides the transient ones
 */
public record Retry(int attempts, Duration delay, double backoff, Duration maxDelay, double jitter, Set<String> on) {
    /** Pause before the second attempt, where the author names none. */
    public static final Duration DEFAULT_DELAY = Duration.ofSeconds(5);
    /** Factor between pauses, where the author names none. */
    public static final double DEFAULT_BACKOFF = 2;
    /** Longest pause, where the author names none. */
    public static final Duration DEFAULT_MAX_DELAY = Duration.ofMinutes(1);
    /** One attempt. */
    public static final Retry ONCE = times(1);

    /** Copies the set. */
    public Retry {
        on = Set.copyOf(on);
    }

    /** So many attempts, everything else as usual. */
    public static Retry times(int attempts) {
        return new Retry(attempts, DEFAULT_DELAY, DEFAULT_BACKOFF, DEFAULT_MAX_DELAY, 0, Set.of());
    }

    /** Whether running the action again does no harm. */
    public boolean repeatable() {
        return attempts > 1;
    }
}
