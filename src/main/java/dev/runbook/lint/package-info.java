/** What is wrong, or probably wrong, with a runbook whose shape is right: one rule a file, in an explicit list. */
package dev.runbook.lint;
