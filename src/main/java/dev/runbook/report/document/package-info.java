/** Plans, checks and lists of runs as JSON, for programs. The names of the keys may gain, never change. */
package dev.runbook.report.document;
