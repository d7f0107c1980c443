package dev.runbook.endpoint.sql;

import dev.runbook.endpoint.Cancellation;
import dev.runbook.endpoint.Limits;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Stops one statement when its time is up or somebody asks. A cancel that comes before the driver has begun is lost without
 * a word, so it is repeated until the statement is over; a server that does not confirm it is left.
 */
final class Cutoff implements AutoCloseable {
    private static final long BETWEEN_CANCELS = TimeUnit.MILLISECONDS.toNanos(100);
    /** How long a server may take to confirm a cancel before its connection is given up: it may be a dead network. */
    private static final long GRACE = TimeUnit.SECONDS.toNanos(30);

    private final Statement statement;
    private final Connection connection;
    private final Cancellation.Registration registration;
    private boolean requested;
    private boolean over;
    private Reason reason;

    private Cutoff(Statement statement, Connection connection, Cancellation cancellation) {
        this.statement = statement;
        this.connection = connection;
        this.registration = cancellation.onRequest(this::request);
    }

    /** Why a statement was stopped. */
    enum Reason {
        /** Its time was up. */
        TIMEOUT,
        /** Somebody asked. */
        REQUEST
    }

    /** Watches over a statement until it is closed. */
    static Cutoff over(Statement statement, Connection connection, Limits limits) {
        Cutoff cutoff = new Cutoff(statement, connection, limits.cancellation());
        long nanos = limits.timeout()
                .map(timeout -> TimeUnit.NANOSECONDS.convert(timeout))
                .orElse(Long.MAX_VALUE);
        Thread watch = new Thread(() -> cutoff.watch(nanos), "sql-cutoff");
        watch.setDaemon(true);
        watch.start();
        return cutoff;
    }

    /** Why it was stopped; empty when it was not. */
    synchronized Optional<Reason> reason() {
        return Optional.ofNullable(reason);
    }

    /** The statement is over. */
    @Override
    public void close() {
        registration.close();
        synchronized (this) {
            over = true;
            notifyAll();
        }
    }

    private synchronized void request() {
        requested = true;
        notifyAll();
    }

    private void watch(long timeout) {
        try {
            if (!await(timeout)) {
                return;
            }
            long since = System.nanoTime();
            do {
                cancel();
            } while (!isOverWithin(BETWEEN_CANCELS) && System.nanoTime() - since < GRACE);
            if (!isOverWithin(0)) {
                connection.abort(Runnable::run);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            // the connection is gone already, which is what was wanted
        }
    }

    /** Waits for a reason to stop; false when the statement is over before there is one. */
    private synchronized boolean await(long timeout) throws InterruptedException {
        long begin = System.nanoTime();
        long left = timeout;
        while (!over && !requested && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
            left = timeout - (System.nanoTime() - begin);
        }
        if (!over) {
            reason = requested ? Reason.REQUEST : Reason.TIMEOUT;
        }
        return !over;
    }

    private synchronized boolean isOverWithin(long nanos) throws InterruptedException {
        long begin = System.nanoTime();
        long left = nanos;
        while (!over && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
            left = nanos - (System.nanoTime() - begin);
        }
        return over;
    }

    private void cancel() {
        try {
            statement.cancel();
        } catch (SQLException e) {
            // it is closed already, or the connection is
        }
    }
}
