/** Speaks TDS, the protocol of SQL Server, to a real driver; knows nothing of what the statements mean. */
package dev.runbook.rehearsal.tds;
