package dev.runbook.endpoint;

import java.time.Duration;

/** Lets time pass. */
public interface Pause {
    /** Returns after that time, or at once when somebody asks to stop. */
    void pause(Duration time, Cancellation cancellation);
}
