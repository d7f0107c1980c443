/** An action, tried until it is seen to be done, or until no attempt is left. Decisions are pure functions. */
package dev.runbook.attempt;
