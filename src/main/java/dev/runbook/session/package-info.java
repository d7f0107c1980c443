/** One process of a run: opens the runbook, dials the world, keeps the journal, and carries the plan out. */
package dev.runbook.session;
