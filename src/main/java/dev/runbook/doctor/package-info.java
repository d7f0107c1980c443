/** Looks at this computer and at what a run would reach from it. Knows no command line, and logs in to no server. */
package dev.runbook.doctor;
