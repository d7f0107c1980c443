package dev.runbook.endpoint;

import java.time.Duration;
import java.util.Optional;

/**
 * The bounds of one call to an endpoint.
 *
 * @param timeout cuts the call off; empty means never
 * @param cancellation lets somebody stop it
 * @param progress hears how it goes
 */
public record Limits(Optional<Duration> timeout, Cancellation cancellation, Progress progress) {
    /** No bounds, nobody listens. */
    public static Limits none() {
        return new Limits(Optional.empty(), new Cancellation(), Progress.NONE);
    }

    /** At most so long. */
    public static Limits within(Duration timeout) {
        return new Limits(Optional.of(timeout), new Cancellation(), Progress.NONE);
    }
}
