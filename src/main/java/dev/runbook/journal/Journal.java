package dev.runbook.journal;

import dev.runbook.event.RunEvent;
import java.time.Instant;

/** Takes down what happens. */
public interface Journal {
    /**
     * Takes down an event. When this returns, the event is on disk.
     *
     * @return the moment that was written down with it
     * @throws JournalLostException if it could not be kept; nothing may be changed in the world after that
     */
    Instant append(RunEvent event);
}
