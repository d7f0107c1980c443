/** Backups as real files in real folders, and the paths by which a simulated server finds them. */
package dev.runbook.rehearsal.sqlserver.backup;
