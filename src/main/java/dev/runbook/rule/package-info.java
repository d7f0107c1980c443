/**
 * What is wrong, or probably wrong, with a runbook whose shape is right. One rule a file, in the child packages; here is what
 * a rule is, and which names are known where.
 */
package dev.runbook.rule;
