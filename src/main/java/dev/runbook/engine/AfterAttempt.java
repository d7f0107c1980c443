package dev.runbook.engine;

import dev.runbook.event.Trouble;
import dev.runbook.model.Retry;

/** What follows an attempt. The decision is pure: it neither waits nor writes. */
public sealed interface AfterAttempt {
    /** The code of something that an old session still works at: neither done nor to be sent again. */
    String AT_WORK = "at-work";

    /** The step is done. */
    record Finish() implements AfterAttempt {}

    /** There is another attempt, after a pause. */
    record TryAgain(Trouble trouble) implements AfterAttempt {}

    /** It failed for certain. */
    record GiveUp(Trouble trouble) implements AfterAttempt {}

    /** Nobody knows, and it must not be found out by trying. */
    record Doubt(Trouble trouble) implements AfterAttempt {}

    /**
     * Decides.
     *
     * @param result what came back
     * @param done what {@code done-when} said afterwards; holds where a success needs no proof
     * @param retry how often it may be tried
     * @param made attempts made so far
     */
    static AfterAttempt decide(AttemptResult result, Verdict done, Retry retry, int made) {
        if (done.holds()) {
            return new Finish();
        }
        if (isAtWork(done)) {
            return new Doubt(((Verdict.Unknown) done).trouble());
        }
        if (result instanceof AttemptResult.Failure failure) {
            return afterFailure(failure.trouble(), done, retry, made);
        }
        Trouble trouble = notDone(done);
        return RetryPolicy.triesAgain(retry, trouble, made) ? new TryAgain(trouble) : new GiveUp(trouble);
    }

    /** Whether what was sent before is still at work. */
    static boolean isAtWork(Verdict verdict) {
        return verdict instanceof Verdict.Unknown unknown
                && unknown.trouble().code().equals(AT_WORK);
    }

    private static AfterAttempt afterFailure(Trouble trouble, Verdict done, Retry retry, int made) {
        // more than one attempt is the author's word that running it again does no harm, even if it did happen
        if (RetryPolicy.triesAgain(retry, trouble, made)) {
            return new TryAgain(trouble);
        }
        return trouble.unknown() ? new Doubt(unseen(trouble, done)) : new GiveUp(trouble);
    }

    /** That it is not seen proves little: what was sent may still be on its way. */
    private static Trouble unseen(Trouble trouble, Verdict done) {
        if (!(done instanceof Verdict.DoesNotHold not) || not.clause().isEmpty()) {
            return trouble;
        }
        String message = trouble.message() + " It is not seen to be done: " + not.clause() + ". " + not.why();
        return new Trouble(trouble.code(), trouble.kind(), true, message, trouble.details(), trouble.place());
    }

    /** A success that was not seen to be done. */
    private static Trouble notDone(Verdict done) {
        if (done instanceof Verdict.Unknown unknown) {
            return unknown.trouble();
        }
        Verdict.DoesNotHold clause = (Verdict.DoesNotHold) done;
        return Trouble.of(
                RetryPolicy.NOT_DONE,
                "It ran to its end, but this is not so: " + clause.clause() + ". " + clause.why());
    }
}
