/** A run as one page for a browser, to be kept or printed: how it ended, every documented step, and all that happened. */
package dev.runbook.report.page;
