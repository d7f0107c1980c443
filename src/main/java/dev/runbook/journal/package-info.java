/**
 * What happened in a run: events, appended one a line and forced to disk, chained by hash, read back, and folded into the
 * state from which a run is resumed. The only record of a run; console, report and resume are folds of it.
 */
package dev.runbook.journal;
