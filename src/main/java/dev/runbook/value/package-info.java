/** The plain values that flow between files, servers, shells, templates and the journal. */
package dev.runbook.value;
