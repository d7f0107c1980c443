package dev.runbook.rehearsal.server;

import java.time.Duration;

/**
 * How long a BACKUP or RESTORE takes.
 *
 * @param duration in all
 * @param steps in how many pieces, between which it can be cancelled; at least 1
 */
public record Pace(Duration duration, int steps) {
    /** Done at once. */
    public static final Pace AT_ONCE = new Pace(Duration.ZERO, 1);

    /** Refuses less than one step. */
    public Pace {
        if (steps < 1 || duration.isNegative()) {
            throw new IllegalArgumentException("a pace has at least one step and no negative duration");
        }
    }

    /** The length of one step. */
    Duration step() {
        return duration.dividedBy(steps);
    }

    /** Which pace a statement goes at. */
    @FunctionalInterface
    public interface Chooser {
        /**
         * The pace of a statement.
         *
         * @param server as {@code @@SERVERNAME} tells it
         * @param command as {@code sys.sysprocesses} shows it, such as {@code RESTORE DATABASE}
         */
        Pace of(String server, String command);
    }

    /** Lets time pass; handed in, so that tests need not wait. */
    @FunctionalInterface
    public interface Pause {
        /** Waits that long, or less when the thread is interrupted; the interrupt stays noted. */
        void sleep(Duration duration);
    }
}
