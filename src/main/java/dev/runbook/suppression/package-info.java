/**
 * Comments by which an author switches a rule off where he knows better: {@code # runbook-lint: disable=rule -- reason}. Behind
 * something, such a comment is for that line and for the text that begins in it; on a line of its own, for what stands below it,
 * such as a whole step; above the first key, for the file. Errors stay errors: a runbook that has one cannot be run.
 */
package dev.runbook.suppression;
