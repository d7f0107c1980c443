/**
 * What everything else is made of: the plain values that flow between files, servers, shells, templates and the journal, secrets
 * among them unseen; and what is wrong with what was written, and where.
 */
package dev.runbook.base;
