/** Reads a runbook and holds every rule against it: what {@code lint} prints, and what has to be right before a run. */
package dev.runbook.lint;
