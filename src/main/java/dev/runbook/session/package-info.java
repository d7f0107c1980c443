/** One process of a run: opens the runbook, compares it with the one that the run began with, dials the world, keeps the journal, and carries the plan out. */
package dev.runbook.session;
