/** Speaks TDS, the protocol of SQL Server, to a real driver; does not know what the statements mean. */
package dev.runbook.rehearsal.tds;
