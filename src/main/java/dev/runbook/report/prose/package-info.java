/** A runbook as prose: step by step, as one would read it to a colleague on the telephone. Pure. */
package dev.runbook.report.prose;
