/** Where a run and its steps stand: the fold of what has happened, by a state machine that is written down as data. */
package dev.runbook.state;
