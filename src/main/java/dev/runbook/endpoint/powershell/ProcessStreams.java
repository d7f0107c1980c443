package dev.runbook.endpoint.powershell;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.commons.exec.ExecuteStreamHandler;

/**
 * Keeps the three raw streams of a process. The library's own pump never flushes what it writes, so that a request of one line
 * would wait for ever.
 */
final class ProcessStreams implements ExecuteStreamHandler {
    private static final int COMPLAINT = 2_000;
    private static final long DRAINING_SECONDS = 2;
    private static final long LISTENING_MILLIS = 500;

    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final CountDownLatch drained = new CountDownLatch(1);
    private final LastLines complaints = new LastLines();
    private OutputStream requests;
    private InputStream answers;
    private InputStream errors;
    private Thread listener;

    @Override
    public void setProcessInputStream(OutputStream stream) {
        requests = stream;
    }

    @Override
    public void setProcessOutputStream(InputStream stream) {
        answers = stream;
    }

    @Override
    public void setProcessErrorStream(InputStream stream) {
        errors = stream;
    }

    @Override
    public void start() {
        listener = new Thread(this::listen, "shell-errors");
        listener.setDaemon(true);
        listener.start();
        started.complete(null);
    }

    /** Called when the process has ended; the library closes the streams after it. What was written last is still read. */
    @Override
    public void stop() {
        try {
            drained.await(DRAINING_SECONDS, TimeUnit.SECONDS);
            listener.join(LISTENING_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Done when the process runs; failed when it could not be started. */
    CompletableFuture<Void> started() {
        return started;
    }

    /** Where requests go. */
    OutputStream requests() {
        return requests;
    }

    /** Where answers come from. */
    InputStream answers() {
        return answers;
    }

    /** What was said last on standard error; once the answers have ended, its end is waited for shortly. */
    List<String> complaints() {
        if (drained.getCount() == 0) {
            try {
                listener.join(LISTENING_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return complaints.kept();
    }

    /** The answers are read to their end. */
    void drained() {
        drained.countDown();
    }

    private void listen() {
        LineInput lines = new LineInput(errors, COMPLAINT);
        try {
            for (ShellLink.Line line = lines.next(); line != null; line = lines.next()) {
                complaints.add(line.text());
            }
        } catch (IOException e) {
            complaints.add("(" + e.getMessage() + ")"); // the process is gone; its streams end this way too
        }
    }
}
