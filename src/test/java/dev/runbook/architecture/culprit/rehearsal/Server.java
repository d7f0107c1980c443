package dev.runbook.architecture.culprit.rehearsal;

/** Has the name of a type of another package. */
record Server() {}
