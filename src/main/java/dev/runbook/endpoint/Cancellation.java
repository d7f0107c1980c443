package dev.runbook.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Lets another thread stop what an endpoint is doing. An endpoint registers how to stop it before it begins, and removes
 * that again when it is done. Safe for use by several threads.
 */
public final class Cancellation {
    private final List<Runnable> stops = new ArrayList<>();
    private boolean requested;

    /** Asks whatever runs now, and whatever registers later, to stop. */
    public void request() {
        List<Runnable> now;
        synchronized (this) {
            requested = true;
            now = List.copyOf(stops);
        }
        now.forEach(Runnable::run);
    }

    /** Whether somebody asked to stop. */
    public synchronized boolean isRequested() {
        return requested;
    }

    /** Registers how to stop what begins now; runs it at once if the request came before. Close when it is over. */
    public Registration onRequest(Runnable stop) {
        boolean late;
        synchronized (this) {
            stops.add(stop);
            late = requested;
        }
        if (late) {
            stop.run();
        }
        return () -> forget(stop);
    }

    /**
     * Asks something that only a request from now on stops: whoever stopped an order still wants to know what came of it, and
     * stops that question by a request of its own.
     *
     * @param question what to ask, given the cancellation that is its own
     */
    public <T> T during(Function<Cancellation, T> question) {
        Cancellation own = new Cancellation();
        Runnable stop = own::request;
        synchronized (this) {
            stops.add(stop);
        }
        try {
            return question.apply(own);
        } finally {
            forget(stop);
        }
    }

    private synchronized void forget(Runnable stop) {
        stops.remove(stop);
    }

    /** A registered stop; closing it forgets it. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
