/** Reads batches of T-SQL: recognises the statements that a simulated server knows, and refuses the others by name. */
package dev.runbook.rehearsal.sqlserver.reading;
