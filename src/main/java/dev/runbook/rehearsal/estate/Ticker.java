package dev.runbook.rehearsal.estate;

import dev.runbook.rehearsal.sqlserver.Pace;
import java.time.Duration;

/** Lets time pass in an estate, in a thread of its own, until it is closed. */
public final class Ticker implements AutoCloseable {
    private static final Duration BETWEEN = Duration.ofMillis(50);

    private final Estate estate;
    private final Pace.Pause pause;
    private final Thread thread;
    private volatile boolean stopped;

    private Ticker(Estate estate, Pace.Pause pause) {
        this.estate = estate;
        this.pause = pause;
        this.thread = new Thread(this::run, "estate-time");
        thread.setDaemon(true);
    }

    /** Starts the clockwork of an estate. */
    public static Ticker start(Estate estate, Pace.Pause pause) {
        Ticker ticker = new Ticker(estate, pause);
        ticker.thread.start();
        return ticker;
    }

    private void run() {
        while (!stopped) {
            estate.tick();
            pause.sleep(BETWEEN);
        }
    }

    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
    }
}
