package dev.runbook.endpoint.operator;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lines that a person types, read one at a time and only when wanted. Reading from a terminal cannot be interrupted, so a
 * thread of its own does it, and whoever waits may stop waiting.
 */
final class TypedLines {
    private static final Optional<String> END = Optional.empty();

    private final BufferedReader input;
    private final Semaphore wanted = new Semaphore(0);
    private final LinkedBlockingQueue<Optional<String>> typed = new LinkedBlockingQueue<>();
    private boolean reading;
    private boolean waiting;

    TypedLines(BufferedReader input) {
        this.input = input;
    }

    /**
     * The next line, without blanks around it; empty when there will be none any more, or somebody {@link #stop stopped} it.
     *
     * @param patience how long it waits before it says so
     * @param stillWaiting hears, again and again, that the patience is over
     */
    Optional<String> next(Duration patience, Runnable stillWaiting) {
        want();
        try {
            Optional<String> line = typed.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            while (line == null) {
                stillWaiting.run();
                line = typed.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            }
            waiting = false;
            return line.map(String::strip);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return END;
        }
    }

    /** Ends the waiting of whoever waits now. */
    void stop() {
        typed.add(END);
    }

    private void want() {
        if (!reading) {
            reading = true;
            Thread reader = new Thread(this::read, "answers");
            reader.setDaemon(true);
            reader.start();
        }
        if (!waiting) {
            waiting = true;
            wanted.release();
        }
    }

    private void read() {
        try {
            while (true) {
                wanted.acquire();
                Optional<String> line = Optional.ofNullable(input.readLine());
                typed.add(line);
            }
        } catch (IOException e) {
            typed.add(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
