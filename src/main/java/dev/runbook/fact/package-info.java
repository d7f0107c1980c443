/** Asks what can be seen: rows, matchers, and one of three answers: true, not true, cannot be asked. */
package dev.runbook.fact;
