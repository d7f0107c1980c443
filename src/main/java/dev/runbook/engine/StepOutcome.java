package dev.runbook.engine;

import dev.runbook.event.Trouble;

/** What became of a step in this turn. */
sealed interface StepOutcome {
    /** The run may go on behind it. */
    record Finished() implements StepOutcome {}

    /** It failed; whether it changed something stands in the journal. */
    record Failed(Trouble trouble) implements StepOutcome {}

    /** Nobody knows whether it happened. */
    record Doubt(Trouble trouble) implements StepOutcome {}

    /** A person said no. */
    record Declined(String message) implements StepOutcome {}

    /** Somebody asked to stop while it only waited. */
    record Interrupted() implements StepOutcome {}

    /** A question is open, and there is nobody to answer it. */
    record Unanswered(String message) implements StepOutcome {}
}
