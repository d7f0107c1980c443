package dev.runbook.journal;

import java.io.IOException;

/** The journal cannot be written any more. The run stops at once and touches nothing more. */
public final class JournalLostException extends RuntimeException {
    /** The reason, in one sentence for people, and what the disk said. */
    public JournalLostException(String message, IOException cause) {
        super(message, cause);
    }
}
