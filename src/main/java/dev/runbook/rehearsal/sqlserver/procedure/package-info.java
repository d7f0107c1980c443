/** The stored procedures of a simulated server: their parameters, and what they do to the state. */
package dev.runbook.rehearsal.sqlserver.procedure;
