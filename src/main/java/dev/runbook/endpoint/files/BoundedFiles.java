package dev.runbook.endpoint.files;

import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Cancellation;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Failure.Kind;
import dev.runbook.endpoint.FileSystemEndpoint;
import dev.runbook.endpoint.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Files whose every answer comes in time. A file server that is gone can hold whoever asks it for minutes or for ever, and no
 * program can end that: so each question is asked on a thread of its own, which is left behind when the time is over or
 * somebody stops waiting.
 *
 * <p>Failures of its own: {@code no-answer}, transient after the time limit and cancelled after a request. A copy that was left
 * behind has an unknown outcome; everything else changes nothing, or does no harm when it is done late.
 */
public final class BoundedFiles implements FileSystemEndpoint {
    /** So long a copy has to end by itself, at a place from which it can go on. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final FileSystemEndpoint files;

    /** Holds these files to the limits. */
    public BoundedFiles(FileSystemEndpoint files) {
        this.files = files;
    }

    @Override
    public Answer list(String pattern, Limits limits) {
        return within(limits, () -> files.list(pattern, limits))
                .orElseGet(() -> Answer.failed(silent(pattern, limits)));
    }

    /** A share that says nothing for so long is not reachable. */
    @Override
    public Answer reach(String path, Limits limits) {
        return within(limits, () -> files.reach(path, limits))
                .orElseGet(() ->
                        limits.cancellation().isRequested() ? Answer.failed(silent(path, limits)) : Answer.nothing());
    }

    @Override
    public Answer missing(String from, String to, String include, Limits limits) {
        return within(limits, () -> files.missing(from, to, include, limits))
                .orElseGet(() -> Answer.failed(silent(from + " or " + to, limits)));
    }

    @Override
    public Answer copy(String from, String to, String include, Limits limits) {
        return within(limits, () -> files.copy(from, to, include, limits))
                .orElseGet(() -> Answer.failed(Failure.unknown(
                        Kind.CANCELLED,
                        "no-answer",
                        "The copy from " + from + " to " + to
                                + " could not be ended: one of them does not answer. What is"
                                + " whole there counts; the rest is copied again.")));
    }

    @Override
    public Answer delete(List<String> paths, Limits limits) {
        return within(limits, () -> files.delete(paths, limits))
                .orElseGet(() -> Answer.failed(silent(String.join(", ", paths), limits)));
    }

    private static Failure silent(String what, Limits limits) {
        return limits.cancellation().isRequested()
                ? Failure.definite(Kind.CANCELLED, "no-answer", "Stopped waiting for " + what + ".")
                : Failure.definite(
                        Kind.TRANSIENT,
                        "no-answer",
                        what + " did not answer within "
                                + limits.timeout().orElse(Duration.ZERO).toSeconds()
                                + " s. See whether its file server is up.");
    }

    /** The answer; empty when the question was left behind. */
    private static Optional<Answer> within(Limits limits, Supplier<Answer> question) {
        CountDownLatch over = new CountDownLatch(1);
        FutureTask<Answer> asked = new FutureTask<>(question::get) {
            @Override
            protected void done() {
                over.countDown();
            }
        };
        Thread thread = new Thread(asked, "files");
        thread.setDaemon(true);
        thread.start();
        Cancellation.Registration registration = limits.cancellation().onRequest(over::countDown);
        try {
            await(over, limits.timeout());
            return Optional.of(asked.get(GRACE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            // what can be interrupted ends now; what cannot holds its thread, not the run
            asked.cancel(true);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            asked.cancel(true);
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a mistake of ours in the files endpoint", e.getCause());
        } finally {
            registration.close();
        }
    }

    private static void await(CountDownLatch over, Optional<Duration> timeout) throws InterruptedException {
        if (timeout.isPresent()) {
            over.await(timeout.get().toMillis(), TimeUnit.MILLISECONDS);
        } else {
            over.await();
        }
    }
}
