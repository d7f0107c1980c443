package dev.runbook.endpoint.files;

import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Cancellation;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Failure.Kind;
import dev.runbook.endpoint.FileSystemEndpoint;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.Reachability;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

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
    private final Function<String, Optional<Reachability>> fileServers;

    /** Holds these files to the limits. */
    public BoundedFiles(FileSystemEndpoint files) {
        this(files, Reachability::ofFileServer);
    }

    BoundedFiles(FileSystemEndpoint files, Function<String, Optional<Reachability>> fileServers) {
        this.files = files;
        this.fileServers = fileServers;
    }

    @Override
    public Answer list(String pattern, Limits limits) {
        return within(limits, () -> files.list(pattern, limits))
                .orElseGet(() -> Answer.failed(silent(pattern, limits)));
    }

    /** That it says nothing for so long proves nothing: its file server is dialled. */
    @Override
    public Answer reach(String path, Limits limits) {
        return within(limits, () -> files.reach(path, limits))
                .orElseGet(() -> limits.cancellation().isRequested()
                        ? Answer.failed(silent(path, limits))
                        : Reachability.ofPath(path, silent(path, limits), fileServers));
    }

    @Override
    public Answer missing(Copy copy, Limits limits) {
        return within(limits, () -> files.missing(copy, limits))
                .orElseGet(() -> Answer.failed(silent(copy.from() + " or " + copy.to(), limits)));
    }

    @Override
    public Answer copy(Copy copy, Whole whole, Limits limits) {
        Handover handover = new Handover(limits);
        return handover.run(() -> files.copy(copy, rows -> handover.onTheAskersThread(() -> whole.are(rows)), limits))
                .orElseGet(() -> Answer.failed(Failure.unknown(
                        Kind.CANCELLED,
                        "no-answer",
                        "The copy from " + copy.from() + " to " + copy.to()
                                + " could not be ended: one of them does not answer. What is"
                                + " whole there counts; the rest is copied again.")));
    }

    @Override
    public Answer delete(Copies copies, Limits limits) {
        return within(limits, () -> files.delete(copies, limits))
                .orElseGet(() -> Answer.failed(silent(
                        copies.of().stream().map(Copy::to).distinct().collect(Collectors.joining(", ")), limits)));
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
        return new Handover(limits).run(question);
    }

    /** One question on a thread of its own, which hands work back to the thread that asked. */
    private static final class Handover {
        private static final Runnable OVER = () -> {};

        private final Limits limits;
        private final BlockingQueue<Runnable> handedBack = new LinkedBlockingQueue<>();
        private volatile boolean leftBehind;

        Handover(Limits limits) {
            this.limits = limits;
        }

        /** The answer; empty when the question was left behind. */
        Optional<Answer> run(Supplier<Answer> question) {
            FutureTask<Answer> asked = new FutureTask<>(question::get) {
                @Override
                protected void done() {
                    handedBack.add(OVER);
                }
            };
            Thread thread = new Thread(asked, "files");
            thread.setDaemon(true);
            thread.start();
            Cancellation.Registration registration = limits.cancellation().onRequest(() -> handedBack.add(OVER));
            try {
                work(limits.timeout(), () -> true);
                if (!asked.isDone()) {
                    work(Optional.of(GRACE), asked::isDone);
                }
                return asked.isDone() ? Optional.of(asked.get()) : Optional.empty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a mistake of ours in the files endpoint", e.getCause());
            } finally {
                leftBehind = true;
                // what can be interrupted ends now; what cannot holds its thread, not the run
                asked.cancel(true);
                registration.close();
            }
        }

        /** Does what is handed back, until it is over or so much time has passed. */
        private void work(Optional<Duration> time, BooleanSupplier over) throws InterruptedException {
            long end = System.nanoTime() + time.map(Duration::toNanos).orElse(0L);
            Runnable next = () -> {};
            while (next != null && !(next == OVER && over.getAsBoolean())) {
                next.run();
                next = time.isPresent()
                        ? handedBack.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)
                        : handedBack.take();
            }
        }

        /** Runs it on the thread that asked, and waits for it; whoever was left behind gets no further. */
        void onTheAskersThread(Runnable order) {
            if (leftBehind) {
                throw new CancellationException();
            }
            FutureTask<Boolean> task = new FutureTask<>(order, true);
            handedBack.add(() -> {
                task.run();
                rethrow(task);
            });
            try {
                task.get();
            } catch (InterruptedException | ExecutionException e) {
                throw new CancellationException();
            }
        }

        /** What went wrong on the thread that asked is its own concern, as if nobody stood between. */
        private static void rethrow(FutureTask<?> task) {
            try {
                task.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw e.getCause() instanceof RuntimeException exception
                        ? exception
                        : new IllegalStateException(e.getCause());
            }
        }
    }
}
