/** A simulated server behind the wire: admits logins, and runs their batches on the state of the estate. */
package dev.runbook.rehearsal.sqlserver.session;
