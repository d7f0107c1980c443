/** Everything that is shown: runs, plans, checks and findings as text or JSON. Pure: events and values in, text out. */
package dev.runbook.report;
