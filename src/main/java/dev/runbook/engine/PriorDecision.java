package dev.runbook.engine;

import dev.runbook.event.Decision;

/**
 * A decision on a step, given before the run.
 *
 * @param decision how to go on should the step fail or be in doubt
 * @param reason why; empty where the decision needs none
 */
public record PriorDecision(Decision decision, String reason) {}
