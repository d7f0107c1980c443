/**
 * T-SQL cut into tokens: what a tag may become where it stands, what the rules look at, and how the rehearsal recognises
 * statements. Pure; nothing here parses.
 */
package dev.runbook.tsql;
