/**
 * Comments by which an author switches a rule off where he knows better: {@code # runbook-lint: disable=rule -- reason}. Behind
 * something, such a comment is for that line and for the text that begins in it; on a line of its own, for what stands below it,
 * such as a whole step; above the first key, for the file. What makes a runbook impossible to run cannot be switched off: its YAML,
 * its shape, its names, tags that no escaping protects. All else is the judgement of a rule.
 */
package dev.runbook.suppression;
