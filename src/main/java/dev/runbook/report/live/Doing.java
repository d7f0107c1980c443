package dev.runbook.report.live;

import dev.runbook.report.Elapsed;
import dev.runbook.report.UnderWay;
import java.time.Duration;
import java.time.Instant;

/** What a step does or waits for, in a few words. What changes stands first, so that it is the last to be cut off. */
public interface Doing {
    /** Nothing that takes long. */
    Doing NOTHING = (step, now) -> step.lost().map(Doing::lost).orElse("");

    /**
     * The words.
     *
     * @param step what is known of the step now
     */
    String text(UnderWay step, Instant now);

    /** So much is done; {@code total} is 0 where nobody knows. */
    static Doing advanced(long done, long total, String unit) {
        String text = ProgressText.of(done, total, unit);
        return (step, now) -> text;
    }

    /** The other side says something. */
    static Doing said(String message) {
        String first = message.strip().lines().findFirst().orElse("");
        return (step, now) -> first;
    }

    /**
     * It waits.
     *
     * @param condition what has to become so
     * @param why it is not so yet, as a sentence
     * @param end until when it is waited for at most
     */
    static Doing waiting(String condition, String why, Instant end) {
        return (step, now) -> {
            String left = Elapsed.text(Duration.between(now, end));
            return step.lost()
                    .map(lost -> lost(lost) + ", asks for " + left + " more: " + why)
                    .orElseGet(() -> "waits " + left + " at most: " + condition);
        };
    }

    /** It pauses before the next attempt. */
    static Doing pausing(int nextAttempt, Instant end) {
        return (step, now) -> "attempt " + nextAttempt + " follows in " + Elapsed.text(Duration.between(now, end));
    }

    private static String lost(Duration since) {
        return "answer lost " + Elapsed.text(since) + " ago";
    }
}
