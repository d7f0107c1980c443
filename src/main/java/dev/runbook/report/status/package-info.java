/** How a run stands, at one glance, from its journal alone. */
package dev.runbook.report.status;
