package dev.runbook.session;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Does something again and again, on a thread of its own, until it is closed. */
final class Ticking implements AutoCloseable {
    private final ScheduledExecutorService executor;

    private Ticking(ScheduledExecutorService executor) {
        this.executor = executor;
    }

    /** Ticks at that distance; what is done must not throw. */
    static Ticking each(Duration distance, Runnable tick) {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "clock");
            thread.setDaemon(true);
            return thread;
        });
        executor.scheduleAtFixedRate(tick, distance.toMillis(), distance.toMillis(), TimeUnit.MILLISECONDS);
        return new Ticking(executor);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
