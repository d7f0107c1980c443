package dev.runbook.engine;

import dev.runbook.event.Trouble;
import dev.runbook.language.Task;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Decides what follows an attempt: the end, or another one, and after which pause. Pure: it neither waits nor writes. */
final class RetryPolicy {
    /** The code of an attempt that succeeded without being seen to be done. */
    static final String NOT_DONE = "not-done";

    /**
     * What no author may have tried again: a gap in the log (4305, 4312), another branch of history (4330), a bad backup (3241,
     * 3242). The same again gives the same, and time passes that somebody needs to find the right file.
     */
    private static final Set<String> NEVER = Set.of("4305", "4312", "4330", "3241", "3242");

    /** The code of something that an old session still works at: neither done nor to be sent again. */
    static final String AT_WORK = "at-work";

    /** The code of what was sent before, came back well, and is not sent again without a person. */
    static final String SENT_BEFORE = "sent-before";

    /** What follows an attempt. */
    sealed interface Next {
        /** It is done, failed for certain, or nobody knows and it must not be found out by trying. */
        record End(StepRunner.Outcome outcome) implements Next {}

        /** There is another attempt, after a pause. */
        record TryAgain(Trouble trouble) implements Next {}
    }

    static final Duration LONGEST_LOOK = Duration.ofSeconds(15);

    private RetryPolicy() {}

    /**
     * Decides.
     *
     * @param result what went wrong; empty for a success
     * @param done what {@code done-when} said afterwards; holds where a success needs no proof
     * @param retry how often it may be tried
     * @param made attempts made so far
     */
    static Next decide(Optional<Trouble> result, Conditions.Verdict done, Task.Retry retry, int made) {
        if (done.holds()) {
            return new Next.End(new StepRunner.Outcome.Finished());
        }
        if (isAtWork(done)) {
            return new Next.End(new StepRunner.Outcome.Doubt(((Conditions.Verdict.Unknown) done).trouble()));
        }
        if (done instanceof Conditions.Verdict.Unknown unknown && mayBeDone(result)) {
            // what cannot be asked is never taken for what is not done
            return new Next.End(new StepRunner.Outcome.Doubt(cannotBeAsked(result, unknown)));
        }
        Trouble trouble = result.orElseGet(() -> notDone(done));
        // more than one attempt is the author's word that running it again does no harm, even if it did happen
        if (triesAgain(retry, trouble, made)) {
            return new Next.TryAgain(trouble);
        }
        boolean doubt = result.isPresent() && trouble.unknown();
        return new Next.End(
                doubt ? new StepRunner.Outcome.Doubt(unseen(trouble, done)) : new StepRunner.Outcome.Failed(trouble));
    }

    /**
     * Whether another attempt makes sense: one is left, and the trouble is one that may go away. A refused login is never
     * tried again, or the account is locked.
     *
     * @param made attempts made so far
     */
    static boolean triesAgain(Task.Retry retry, Trouble trouble, int made) {
        return made < retry.attempts() && mayGoAway(retry, trouble);
    }

    private static boolean mayGoAway(Task.Retry retry, Trouble trouble) {
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
    static Duration pause(Task.Retry retry, int made, double random) {
        double grown = retry.delay().toMillis() * Math.pow(retry.backoff(), made - 1.0);
        double bounded = Math.min(grown, retry.maxDelay().toMillis());
        double varied = bounded * (1 + retry.jitter() * (2 * random - 1));
        return Duration.ofMillis(Math.round(varied));
    }

    /** Whether something of what was sent was done, or may have been. */
    private static boolean mayBeDone(Optional<Trouble> result) {
        return result.map(trouble -> trouble.unknown() || trouble.isPartial()).orElse(true);
    }

    private static Trouble cannotBeAsked(Optional<Trouble> result, Conditions.Verdict.Unknown unknown) {
        Trouble why = result.orElse(unknown.trouble());
        String message = result.map(Trouble::message).orElse("It came back well.")
                + " Whether it is done cannot be asked: " + unknown.trouble().message();
        return new Trouble(why.code(), why.kind(), true, message, why.details(), why.place());
    }

    /** Whether what was sent before is still at work. */
    static boolean isAtWork(Conditions.Verdict verdict) {
        return verdict instanceof Conditions.Verdict.Unknown unknown
                && unknown.trouble().code().equals(AT_WORK);
    }

    /** That it is not seen proves little: what was sent may still be on its way. */
    private static Trouble unseen(Trouble trouble, Conditions.Verdict done) {
        if (!(done instanceof Conditions.Verdict.DoesNotHold not)
                || not.clause().isEmpty()) {
            return trouble;
        }
        String message = trouble.message() + " It is not seen to be done: " + not.clause() + ". " + not.why();
        return new Trouble(trouble.code(), trouble.kind(), true, message, trouble.details(), trouble.place());
    }

    /** A success that was not seen to be done. */
    private static Trouble notDone(Conditions.Verdict done) {
        Conditions.Verdict.DoesNotHold clause = (Conditions.Verdict.DoesNotHold) done;
        return Trouble.of(NOT_DONE, "It ran to its end, but this is not so: " + clause.clause() + ". " + clause.why());
    }

    /**
     * The pause between two looks at a condition: a second at first, growing by half to a quarter of a minute, never beyond the
     * time that is left.
     *
     * @param looks how often it was looked so far, at least 1
     */
    static Duration nextLook(int looks, Duration left) {
        double seconds = Math.min(LONGEST_LOOK.toSeconds(), Math.pow(1.5, Math.min(looks - 1.0, 20)));
        Duration pause = Duration.ofMillis(Math.round(seconds * 1000));
        return pause.compareTo(left) < 0 ? pause : left;
    }
}
