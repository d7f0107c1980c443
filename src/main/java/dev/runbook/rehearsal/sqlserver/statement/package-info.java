/**
 * The statements that change a simulated server: what each one asks first, what it refuses, and what it leaves behind. Pure:
 * a state goes in, an outcome comes out; only backup files are read and written.
 */
package dev.runbook.rehearsal.sqlserver.statement;
