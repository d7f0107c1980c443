package dev.runbook.journal;

import java.io.IOException;

/** The journal cannot be written any more. The run stops at once and touches nothing more. */
public final class JournalLostException extends RuntimeException {
    private final boolean taken;

    private JournalLostException(String message, IOException cause, boolean taken) {
        super(message, cause);
        this.taken = taken;
    }

    /** The reason, in one sentence for people, and what the disk said. */
    public JournalLostException(String message, IOException cause) {
        this(message, cause, false);
    }

    /** Somebody else works on the run now; the message says who, in one sentence. */
    public static JournalLostException taken(String message) {
        return new JournalLostException(message, null, true);
    }

    /** Whether it is lost to somebody else who works on the run now, and not to a disk. */
    public boolean isTaken() {
        return taken;
    }
}
