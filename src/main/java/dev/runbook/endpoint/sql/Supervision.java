package dev.runbook.endpoint.sql;

import dev.runbook.endpoint.Cancellation;
import dev.runbook.endpoint.Limits;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs one statement on a thread of its own, while the caller watches over it: cancels it when its time is up or somebody asks,
 * and goes away from a server that does not confirm. It has to be the caller that goes, for over TLS Java cannot close a
 * connection from which another thread reads.
 */
final class Supervision {
    /** A cancel that comes before the driver has begun is lost without a word, so it is repeated. */
    private static final long BETWEEN_CANCELS_MILLIS = 100;

    private final Statement statement;
    private final CountDownLatch event = new CountDownLatch(1);
    private final FutureTask<Results> reading;

    private Supervision(Order order, Statement statement) {
        this.statement = statement;
        this.reading = new FutureTask<>(() -> Results.read(order, statement)) {
            @Override
            protected void done() {
                event.countDown();
            }
        };
    }

    /** Why a statement was stopped. */
    enum Cut {
        /** Its time was up. */
        TIMEOUT,
        /** Somebody asked. */
        REQUEST
    }

    /**
     * How it ended.
     *
     * @param results what came back; empty when the server did not even confirm the cancel, and the statement is still being
     *     read by a thread that nobody waits for
     * @param cut why it was stopped; empty when it was not
     */
    record Ending(Optional<Results> results, Optional<Cut> cut) {}

    /**
     * Sends an order and waits for its end.
     *
     * @param grace how long a server may take to confirm a cancel before it counts as gone
     */
    static Ending of(Order order, Statement statement, Limits limits, Duration grace) {
        Supervision supervision = new Supervision(order, statement);
        Thread thread = new Thread(supervision.reading, "sql-statement");
        thread.setDaemon(true);
        thread.start();
        Cancellation.Registration registration = limits.cancellation().onRequest(supervision.event::countDown);
        try {
            return supervision.watch(limits.timeout(), grace);
        } finally {
            registration.close();
        }
    }

    private Ending watch(Optional<Duration> timeout, Duration grace) {
        Optional<Cut> cut = awaitEvent(timeout);
        if (cut.isEmpty()) {
            return new Ending(results(Duration.ZERO), cut);
        }
        Optional<Results> results;
        long begin = System.nanoTime();
        do {
            cancel();
            results = results(Duration.ofMillis(BETWEEN_CANCELS_MILLIS));
        } while (results.isEmpty() && System.nanoTime() - begin < grace.toNanos() && !isInterrupted());
        return new Ending(results, cut);
    }

    /** Waits for the end, or for a reason to bring it about. */
    private Optional<Cut> awaitEvent(Optional<Duration> timeout) {
        try {
            if (timeout.isEmpty()) {
                event.await();
            } else if (!event.await(timeout.get().toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.of(Cut.TIMEOUT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(Cut.REQUEST);
        }
        return reading.isDone() ? Optional.empty() : Optional.of(Cut.REQUEST);
    }

    private Optional<Results> results(Duration patience) {
        try {
            return Optional.of(reading.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the answer of a server could not be read", e.getCause());
        }
    }

    private static boolean isInterrupted() {
        return Thread.currentThread().isInterrupted();
    }

    private void cancel() {
        try {
            statement.cancel();
        } catch (SQLException e) {
            // it is over already, or the connection is
        }
    }
}
