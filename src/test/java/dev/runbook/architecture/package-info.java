/** What holds for the whole code, and proof that the rules can fail. */
package dev.runbook.architecture;
