package dev.runbook.event;

/** What a finding decides. */
public enum Phase {
    /** Whether the step is needed. */
    WHEN,
    /** Whether it is done. */
    DONE_WHEN,
    /** Whether it may begin. */
    REQUIRE,
    /** What is kept. */
    REMEMBER,
    /** For what the action is run. */
    FOR_EACH
}
