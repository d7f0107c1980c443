package dev.runbook.terminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The one reader of what is typed at the terminal during a run. A line is an answer only if it was ended while a question stood
 * on the screen; every other line is a note. While no question is open only whole lines are fetched, so that nobody waits in the
 * input when a secret is asked for unseen. Reading from a terminal cannot be interrupted, so a thread of its own does it, and
 * whoever waits may stop waiting.
 */
final class Keyboard implements AutoCloseable {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);
    /** An end of the input that comes sooner was typed before anybody could have read the question. */
    private static final Duration TOO_SOON = Duration.ofMillis(300);

    private static final int EARLY_ENDS = 3;

    private static final Optional<String> NOBODY = Optional.empty();

    private final InputStream input;
    private final Charset charset;
    private final Clock clock;
    private final Consumer<List<String>> notes;
    private final LinkedBlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();
    /** Held by whoever reads. */
    private final Object reading = new Object();

    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private Optional<Instant> asked = Optional.empty();
    private boolean started;
    private boolean closed;
    private volatile boolean stopped;
    private volatile boolean gone;

    /**
     * A keyboard from which nothing is read yet.
     *
     * @param input what is typed
     * @param charset its encoding
     * @param clock tells the time
     * @param notes takes the lines that answer nothing, without their ends, those together that were ended before it looked;
     *     called by several threads, one at a time
     */
    Keyboard(InputStream input, Charset charset, Clock clock, Consumer<List<String>> notes) {
        this.input = input;
        this.charset = charset;
        this.clock = clock;
        this.notes = notes;
    }

    /** From now on lines are notes. What was typed before is one too. */
    synchronized void start() {
        if (!started) {
            started = true;
            Thread reader = new Thread(this::read, "keyboard");
            reader.setDaemon(true);
            reader.start();
        }
    }

    /**
     * A question stands on the screen: the next line answers it.
     *
     * @return false when lines had been typed before; they are notes now, nothing is open, and the question is to be shown again
     */
    boolean open() {
        if (stopped) {
            return true;
        }
        synchronized (reading) {
            if (takeEarly()) {
                return false;
            }
        }
        synchronized (this) {
            asked = Optional.of(clock.instant());
            start();
            notifyAll();
        }
        return true;
    }

    /**
     * The answer to the open question, without blanks around it; empty when there will be none any more, or somebody has
     * {@link #stop stopped} the asking.
     *
     * @param patience how long it waits before it says so
     * @param stillWaiting hears, again and again, that the patience is over
     */
    Optional<String> answer(Duration patience, Runnable stillWaiting) {
        try {
            Optional<String> line = stopped ? NOBODY : answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            while (line == null) {
                stillWaiting.run();
                line = answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            }
            return line.map(String::strip);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return NOBODY;
        }
    }

    /** Takes something that was typed at a question as a note. */
    void note(String text) {
        notes.accept(List.of(text));
    }

    /** Ends the question that is open; from now on there is nobody who answers one. */
    void stop() {
        stopped = true;
        answers.add(NOBODY);
    }

    /** Questions are answered again, if the terminal is still there. */
    void resume() {
        answers.clear();
        stopped = gone;
    }

    /** Ends the question that is open, and no other: what is typed next answers nothing. */
    synchronized void withdraw() {
        if (asked.isPresent()) {
            asked = Optional.empty();
            answers.add(NOBODY);
        }
    }

    /** Lets somebody else read, such as a secret that is typed unseen. Nobody, where the asking was stopped. */
    <T> Optional<T> leaveTo(Supplier<Optional<T>> other) {
        if (stopped) {
            return Optional.empty();
        }
        synchronized (reading) {
            takeEarly();
            return other.get();
        }
    }

    /** Reads no further. A note that is being taken is taken first. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        if (!stopped) {
            // whoever reads an answer now holds this until it comes; but then the asking was stopped
            synchronized (reading) {
                begun.reset();
            }
        }
    }

    // ---- the reader

    private void read() {
        try {
            while (isOpen()) {
                synchronized (reading) {
                    if (isAsked()) {
                        takeAnswer();
                    } else if (!isClosed()) {
                        takeLines();
                    }
                }
            }
        } catch (IOException e) {
            // the terminal is gone
            answers.add(NOBODY);
            gone = true;
            stopped = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for a question, but not long; whether there is still somebody who wants to read. */
    private synchronized boolean isOpen() throws InterruptedException {
        if (!closed && asked.isEmpty()) {
            wait(POLL_INTERVAL.toMillis());
        }
        return !closed;
    }

    private synchronized boolean isAsked() {
        return asked.isPresent();
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Takes what was typed before a question came up, also a beginning that was sent with Ctrl-D. */
    private boolean takeEarly() {
        try {
            boolean any = takeLines();
            boolean more = begun.size() > 0;
            if (more) {
                note(cut());
            }
            return any || more;
        } catch (IOException e) {
            return false;
        }
    }

    /** Takes the lines that lie ready, and waits for none. */
    private boolean takeLines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int ready = input.available(); ready > 0; ready = input.available()) {
            // a console counts keys, and not the characters that they make: never wait for as many as it says
            byte[] there = new byte[ready];
            int taken = input.read(there);
            for (byte one : Arrays.copyOf(there, Math.max(0, taken))) {
                if (one == '\n') {
                    lines.add(cut());
                } else {
                    begun.write(one);
                }
            }
        }
        if (!lines.isEmpty()) {
            notes.accept(lines);
        }
        return !lines.isEmpty();
    }

    /** The next line answers the question, unless that was withdrawn meanwhile. */
    private void takeAnswer() throws IOException, InterruptedException {
        Optional<String> line = line();
        boolean stands;
        synchronized (this) {
            stands = asked.isPresent();
            asked = Optional.empty();
        }
        if (stands) {
            answers.add(line);
        } else {
            line.ifPresent(this::note);
        }
    }

    /** The next line; empty at the end of the input. */
    private Optional<String> line() throws IOException, InterruptedException {
        int early = 0;
        int one = input.read();
        while (one >= 0 && one != '\n' || one < 0 && begun.size() == 0 && isTooSoon(early)) {
            if (one >= 0) {
                begun.write(one);
            } else {
                early++;
            }
            one = input.read();
        }
        return one < 0 && begun.size() == 0 ? NOBODY : Optional.of(cut());
    }

    /** A Ctrl-D that was pressed before the question does not end it; an input that is at its end says so again and again. */
    private synchronized boolean isTooSoon(int times) throws InterruptedException {
        boolean soon = times < EARLY_ENDS
                && asked.filter(since -> since.plus(TOO_SOON).isAfter(clock.instant()))
                        .isPresent();
        if (soon) {
            wait(POLL_INTERVAL.toMillis());
        }
        return soon;
    }

    private String cut() {
        String line = begun.toString(charset);
        begun.reset();
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }
}
