package dev.runbook.engine;

import dev.runbook.event.Trouble;

/** What came back from one attempt, before anybody looked whether it is done. */
public sealed interface AttemptResult {
    /** The other side says that it went well, or that it was so already. */
    record Success() implements AttemptResult {}

    /** It did not go well; the trouble says whether the outcome is known. */
    record Failure(Trouble trouble) implements AttemptResult {}
}
