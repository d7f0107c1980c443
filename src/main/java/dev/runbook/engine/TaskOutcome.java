package dev.runbook.engine;

import dev.runbook.event.Trouble;

/** What became of an action and all of its attempts. */
public sealed interface TaskOutcome {
    /** It is done. */
    record Done() implements TaskOutcome {}

    /** It failed for certain. */
    record Failed(Trouble trouble) implements TaskOutcome {}

    /** Nobody knows. */
    record Doubt(Trouble trouble) implements TaskOutcome {}
}
