package dev.runbook.session;

import dev.runbook.endpoint.Cancellation;
import dev.runbook.endpoint.Pause;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets real time pass. */
public final class RealPause implements Pause {
    /** Counts on in real time, whatever is done to the clock of the computer. */
    static long nanos() {
        return System.nanoTime();
    }

    @Override
    public void pause(Duration time, Cancellation cancellation) {
        CountDownLatch stopped = new CountDownLatch(1);
        Cancellation.Registration registration = cancellation.onRequest(stopped::countDown);
        try {
            // whether it was the time or the request that ended it makes no difference here
            stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            registration.close();
        }
    }
}
