package dev.runbook.attempt;

import dev.runbook.event.RunEvent;
import dev.runbook.journal.Journal;
import dev.runbook.state.RunFold;
import dev.runbook.state.RunState;
import java.time.Clock;

/** Takes down events and knows the state that they make. */
public final class Recorder {
    private final Journal journal;
    private final Clock clock;
    private final RunFold fold;

    /** A recorder behind the events of this fold. */
    public Recorder(Journal journal, Clock clock, RunFold fold) {
        this.journal = journal;
        this.clock = clock;
        this.fold = fold;
    }

    /**
     * Takes down an event; it is on disk when this returns.
     *
     * @throws IllegalStateException if the step may not go there: a mistake of this program, and nothing is written
     */
    public void append(RunEvent event) {
        if (!fold.allows(event)) {
            throw new IllegalStateException("A step may not go there: " + event);
        }
        journal.append(event);
        fold.take(clock.instant(), event);
    }

    /** The state behind all events so far. */
    public RunState state() {
        return fold.state();
    }
}
