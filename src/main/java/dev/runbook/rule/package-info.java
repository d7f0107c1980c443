/**
 * What is wrong, or probably wrong, with a runbook whose shape is right. The rules of one subject share a file; here is also what
 * a rule is, which names are known where, and what is known of cmdlets: data, to which a user can add.
 */
package dev.runbook.rule;
