package dev.runbook.journal;

import dev.runbook.event.RunEvent;
import java.io.IOException;
import java.time.Instant;

/** Takes down what happens. */
public interface Journal {
    /**
     * Takes down an event. When this returns, the event is on disk.
     *
     * @return the moment that was written down with it
     * @throws LostException if it could not be kept; nothing may be changed in the world after that
     */
    Instant append(RunEvent event);

    /** The journal cannot be written any more. The run stops at once and touches nothing more. */
    final class LostException extends RuntimeException {
        private final boolean taken;

        private LostException(String message, IOException cause, boolean taken) {
            super(message, cause);
            this.taken = taken;
        }

        /** The reason, in one sentence for people, and what the disk said. */
        public LostException(String message, IOException cause) {
            this(message, cause, false);
        }

        /** Somebody else works on the run now; the message says who, in one sentence. */
        public static LostException taken(String message) {
            return new LostException(message, null, true);
        }

        /** Whether it is lost to somebody else who works on the run now, and not to a disk. */
        public boolean isTaken() {
            return taken;
        }
    }
}
