/**
 * What is wrong, or probably wrong, with a runbook whose shape is right. The rules of one subject share a file; here is what
 * a rule is, and which names are known where.
 */
package dev.runbook.rule;
