/** What is wrong with what was written, and where. */
package dev.runbook.diagnostic;
