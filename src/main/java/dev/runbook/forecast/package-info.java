/** How long a run may still take, told from the journals of earlier runs of the same runbook. */
package dev.runbook.forecast;
