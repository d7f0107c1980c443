package dev.runbook.engine;

import dev.runbook.event.Trouble;

/** What became of an action and all of its attempts, or of a step in this turn. */
sealed interface Outcome {
    /** The run may go on behind it. */
    record Finished() implements Outcome {}

    /** It failed; whether it changed something stands in the journal. */
    record Failed(Trouble trouble) implements Outcome {}

    /** Nobody knows whether it happened. */
    record Doubt(Trouble trouble) implements Outcome {}

    /** A person said no. */
    record Declined(String message) implements Outcome {}

    /** Somebody asked to stop while it only waited. */
    record Interrupted() implements Outcome {}

    /** A question is open, and there is nobody to answer it. */
    record Unanswered(String message) implements Outcome {}

    /** The run goes back to an earlier step. */
    record Back() implements Outcome {}

    /** A person wants to stop here. */
    record Paused(String message) implements Outcome {}
}
