/** The folders of runs: a journal each, beside it the runbook and the values that the run was started with. */
package dev.runbook.runs;
