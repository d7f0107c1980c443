/** The simulated estate: real protocols on loopback, a model of SQL Server and of the pool behind them. */
package dev.runbook.rehearsal;
