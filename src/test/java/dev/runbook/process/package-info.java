/** The packaged program as people start it: processes, signals, exit codes, and a power cut at any moment. */
package dev.runbook.process;
