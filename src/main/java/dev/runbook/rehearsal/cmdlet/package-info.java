/** What a simulated cmdlet is: its declared parameters, how a call is bound to them, what it writes and how it fails. */
package dev.runbook.rehearsal.cmdlet;
