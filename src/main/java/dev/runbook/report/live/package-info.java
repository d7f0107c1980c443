/** The line that is drawn over and over while a step is under way. */
package dev.runbook.report.live;
