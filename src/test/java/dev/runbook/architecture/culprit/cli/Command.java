package dev.runbook.architecture.culprit.cli;

/** Is imported by the engine. */
public record Command() {}
