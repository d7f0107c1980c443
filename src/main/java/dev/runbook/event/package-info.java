/** What can happen in a run, in one vocabulary: the journal keeps it, the console shows it, resume folds it. */
package dev.runbook.event;
