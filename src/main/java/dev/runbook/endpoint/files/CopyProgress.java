package dev.runbook.endpoint.files;

import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Failure.Kind;
import dev.runbook.endpoint.Limits;

/** Counts the bytes of one copy order, tells them on, and ends it when somebody asks or time is up. */
final class CopyProgress {
    private final Limits limits;
    private final long total;
    private final long start = System.nanoTime();
    private long done;

    CopyProgress(Limits limits, long total) {
        this.limits = limits;
        this.total = total;
    }

    /** So many more bytes are in place. */
    void add(long bytes) throws EndedEarly {
        done += bytes;
        limits.progress().advanced(done, total, "bytes");
        check();
    }

    /** Ends the copy when it has to end; what was copied so far stays, and is where the next copy goes on. */
    void check() throws EndedEarly {
        if (limits.cancellation().isRequested()) {
            throw stopped("cancelled", "The copy was cancelled");
        }
        if (limits.timeout().isPresent()
                && System.nanoTime() - start > limits.timeout().get().toNanos()) {
            throw stopped("timeout", "The copy took longer than its timeout");
        }
    }

    private EndedEarly stopped(String code, String sentence) {
        String message = sentence + " after " + done + " of " + total + " bytes. The next copy goes on from there.";
        return new EndedEarly(Failure.definite(Kind.CANCELLED, code, message));
    }
}
