package dev.runbook.journey;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A clock that moves only when somebody pauses, and tells those who want to know. Safe for use by several threads. */
final class FakeTime extends Clock {
    private static final Duration STEP = Duration.ofSeconds(1);

    private final List<Runnable> listeners = new ArrayList<>();
    private long nanos;
    private Instant now = Instant.parse("2026-11-21T03:12:09Z");

    /** Moves on, second by second, and tells the listeners after each. */
    void pass(Duration time) {
        Duration left = time;
        while (!left.isZero() && !left.isNegative()) {
            Duration step = left.compareTo(STEP) < 0 ? left : STEP;
            move(step);
            List.copyOf(listeners).forEach(Runnable::run);
            left = left.minus(step);
        }
    }

    /** Moves on without telling anybody. */
    synchronized void move(Duration time) {
        now = now.plus(time);
        nanos += time.toNanos();
    }

    /** What passed so far, whatever was done to the clock. */
    synchronized long nanos() {
        return nanos;
    }

    /** Goes to another moment without telling anybody. */
    synchronized void set(Instant moment) {
        now = moment;
    }

    void listen(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
