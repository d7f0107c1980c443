package dev.runbook.state;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long a step was worked at: without the time in which a person was asked, or in which nobody worked on the run.
 *
 * @param before up to the last break
 * @param since when it is worked at without a break; empty while it is not
 */
public record WorkTime(Duration before, Optional<Instant> since) {
    /** Nobody has worked at it yet. */
    public static final WorkTime NONE = new WorkTime(Duration.ZERO, Optional.empty());

    /** How long, at a moment. */
    public Duration until(Instant now) {
        return before.plus(since.map(start -> Duration.between(start, now)).orElse(Duration.ZERO));
    }

    WorkTime goingOn(Instant time) {
        return since.isPresent() ? this : new WorkTime(before, Optional.of(time));
    }

    WorkTime resting(Instant time) {
        return new WorkTime(until(time), Optional.empty());
    }
}
