/** Breaks every rule of the architecture at least once, so that a rule that sees nothing is noticed. */
package dev.runbook.architecture.culprit;
