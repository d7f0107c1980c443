/** Keeps what happens in a run: appended a line at a time, forced to disk, chained by hash, and read back. */
package dev.runbook.journal;
