package dev.runbook.journal;

import dev.runbook.event.RunEvent;

/** Takes down what happens. */
public interface Journal {
    /**
     * Takes down an event. When this returns, the event is on disk.
     *
     * @throws JournalLostException if it could not be kept; nothing may be changed in the world after that
     */
    void append(RunEvent event);
}
