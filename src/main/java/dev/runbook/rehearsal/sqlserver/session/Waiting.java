package dev.runbook.rehearsal.sqlserver.session;

import dev.runbook.rehearsal.tds.Reply;
import java.time.Duration;

/**
 * Lets time pass for a session, while it watches whether it may go on.
 *
 * @param own the session
 * @param reply to its client
 */
record Waiting(Own own, Reply reply) {
    /** How long at most until a cancel or a kill is noticed. */
    private static final Duration SLICE = Duration.ofMillis(20);

    /** Whether the client gave up, or somebody ended the session. */
    boolean over() {
        return reply.isCancelled() || own.connection().isEmpty();
    }

    /** Waits until the client gives up or somebody ends the session. */
    void forEver() {
        while (!over() && !Thread.currentThread().isInterrupted()) {
            own.services().pause().sleep(SLICE);
        }
        dropIfEnded();
    }

    /** Waits that long, or until the client gives up or somebody ends the session; the latter breaks the connection. */
    void atMost(Duration whole) {
        Duration left = whole;
        while (!over() && left.compareTo(Duration.ZERO) > 0) {
            Duration slice = left.compareTo(SLICE) < 0 ? left : SLICE;
            own.services().pause().sleep(slice);
            left = left.minus(slice);
        }
        dropIfEnded();
    }

    private void dropIfEnded() {
        if (own.connection().isEmpty()) {
            reply.drop();
        }
    }
}
