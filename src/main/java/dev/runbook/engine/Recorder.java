package dev.runbook.engine;

import dev.runbook.base.Masking;
import dev.runbook.event.RunEvent;
import dev.runbook.journal.EventMasking;
import dev.runbook.journal.Journal;
import dev.runbook.state.RunFold;
import dev.runbook.state.RunState;

/** Takes down events and knows the state that they make. No secret of the site gets past it. */
final class Recorder {
    private final Journal journal;
    private final RunFold fold;
    private final EventMasking events = new EventMasking();
    private Masking masking = Masking.NONE;

    /** A recorder behind the events of this fold. */
    Recorder(Journal journal, RunFold fold) {
        this.journal = journal;
        this.fold = fold;
    }

    /** Hides these secrets from here on, and those of before too. */
    void hide(Masking secrets) {
        masking = masking.and(secrets);
    }

    /** The text as it may be shown. */
    String shown(String text) {
        return masking.mask(text);
    }

    /**
     * Takes down an event; it is on disk when this returns.
     *
     * @throws IllegalStateException if the step may not go there: a mistake of this program, and nothing is written
     */
    void append(RunEvent event) {
        RunEvent shown = shown(event);
        if (!fold.allows(shown)) {
            throw new IllegalStateException("A step may not go there: " + shown);
        }
        // the state under way is the very one that a later process reads
        fold.take(journal.append(shown), shown);
    }

    /** The event as it may be shown. */
    RunEvent shown(RunEvent event) {
        return events.mask(event, masking);
    }

    /** The state behind all events so far. */
    RunState state() {
        return fold.state();
    }
}
