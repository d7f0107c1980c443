/**
 * Corrects what is mechanical and safe in a runbook: edits of single characters that keep what the author meant, after which the
 * file reads the same but for them. Everything else in the file, line ends and comments too, stays as it is. Pure.
 */
package dev.runbook.fix;
