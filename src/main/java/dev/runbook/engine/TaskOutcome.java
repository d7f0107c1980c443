package dev.runbook.engine;

import dev.runbook.journal.Trouble;

/** What became of an action and all of its attempts. */
sealed interface TaskOutcome {
    /** It is done. */
    record Done() implements TaskOutcome {}

    /** It failed for certain. */
    record Failed(Trouble trouble) implements TaskOutcome {}

    /** Nobody knows. */
    record Doubt(Trouble trouble) implements TaskOutcome {}
}
