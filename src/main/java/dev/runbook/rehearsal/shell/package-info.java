/**
 * The simulated management shell: what a client meets is what a real PowerShell with the host script answers, error ids and
 * texts included. Which cmdlets there are is none of its business.
 */
package dev.runbook.rehearsal.shell;
