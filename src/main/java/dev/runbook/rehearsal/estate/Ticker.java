package dev.runbook.rehearsal.estate;

import dev.runbook.rehearsal.server.Pace;
import java.time.Duration;
import java.util.function.Consumer;

/** Lets time pass in an estate, in a thread of its own, until it is closed. */
public final class Ticker implements AutoCloseable {
    private static final Duration TICK_INTERVAL = Duration.ofMillis(50);

    private final Runnable tick;
    private final Pace.Pause pause;
    private final Thread thread;
    private volatile boolean stopped;

    private Ticker(Runnable tick, Pace.Pause pause, Consumer<String> stopped) {
        this.tick = tick;
        this.pause = pause;
        this.thread = new Thread(this::run, "estate-time");
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((unused, mistake) ->
                stopped.accept("Time stands still in the rehearsal, and nothing happens there by itself any more: "
                        + mistake + ". This is a mistake in the program: begin the rehearsal anew."));
    }

    /**
     * Starts the clockwork of an estate.
     *
     * @param tick lets what is due happen
     * @param stopped hears why time has come to a stop, which it never should
     */
    public static Ticker start(Runnable tick, Pace.Pause pause, Consumer<String> stopped) {
        Ticker ticker = new Ticker(tick, pause, stopped);
        ticker.thread.start();
        return ticker;
    }

    private void run() {
        while (!stopped) {
            tick.run();
            pause.sleep(TICK_INTERVAL);
        }
    }

    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
    }
}
