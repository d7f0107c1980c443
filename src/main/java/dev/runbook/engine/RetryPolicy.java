package dev.runbook.engine;

import dev.runbook.event.Trouble;
import dev.runbook.model.Retry;
import java.time.Duration;
import java.util.Set;

/** Decides whether there is another attempt, and after which pause. Pure. */
public final class RetryPolicy {
    /** The code of an attempt that succeeded without being seen to be done. */
    public static final String NOT_DONE = "not-done";

    /**
     * What no author may have tried again: a gap in the log (4305, 4312), another branch of history (4330), a bad backup (3241,
     * 3242). The same again gives the same, and time passes that somebody needs to find the right file.
     */
    private static final Set<String> NEVER = Set.of("4305", "4312", "4330", "3241", "3242");

    private RetryPolicy() {}

    /**
     * Whether another attempt makes sense: one is left, and the trouble is one that may go away. A refused login is never
     * tried again, or the account is locked.
     *
     * @param made attempts made so far
     */
    public static boolean triesAgain(Retry retry, Trouble trouble, int made) {
        return made < retry.attempts() && mayGoAway(retry, trouble);
    }

    private static boolean mayGoAway(Retry retry, Trouble trouble) {
        return switch (trouble.kind()) {
            case "transient" -> true;
            case "access", "identity", "cancelled" -> false;
            default ->
                trouble.code().equals(NOT_DONE)
                        || retry.on().contains(trouble.code()) && !NEVER.contains(trouble.code());
        };
    }

    /**
     * The pause before the next attempt: it grows by the backoff from the delay up to the longest, and varies by the jitter.
     *
     * @param made attempts made so far, at least 1
     * @param random from 0 to 1
     */
    public static Duration pause(Retry retry, int made, double random) {
        double grown = retry.delay().toMillis() * Math.pow(retry.backoff(), made - 1.0);
        double bounded = Math.min(grown, retry.maxDelay().toMillis());
        double varied = bounded * (1 + retry.jitter() * (2 * random - 1));
        return Duration.ofMillis(Math.round(varied));
    }
}
