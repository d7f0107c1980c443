package dev.runbook.architecture.culprit.event;

/** What happened; one of them can be changed afterwards. */
public interface RunEvent {}
