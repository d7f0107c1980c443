/**
 * What differs from site to site: the values that somebody supplied for the variables of a runbook, checked by type and then
 * fixed for a run.
 */
package dev.runbook.site;
