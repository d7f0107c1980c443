package dev.runbook.rehearsal.sqlserver.agent;

import dev.runbook.rehearsal.model.EstateState;

/**
 * What a run of a job came to.
 *
 * @param state after it
 * @param message what it said last
 */
record JobRun(EstateState state, String message) {}
