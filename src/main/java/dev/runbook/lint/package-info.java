/**
 * Files in, findings out: finds the runbooks that are meant, reads them, holds every rule against them, leaves out what their
 * authors have switched off and what a baseline knows, corrects what is mechanical, and writes the findings in the formats that
 * people, editors and build servers read. Nothing of it connects to anything. Knows nothing of the command line.
 *
 * <p>Lines and columns are counted from 1 everywhere, columns in UTF-16 code units; an end is the place after the last
 * character unless a format means it otherwise. Lines of formats end in LF.
 */
package dev.runbook.lint;
