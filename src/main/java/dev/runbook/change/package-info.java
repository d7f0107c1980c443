/** What may change in a run that has begun, its runbook and its values, and what may not any more. */
package dev.runbook.change;
