/** The plain values that flow between files, servers, shells, templates and the journal; secrets among them stay unseen. */
package dev.runbook.value;
