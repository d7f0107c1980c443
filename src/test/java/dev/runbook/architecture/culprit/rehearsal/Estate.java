package dev.runbook.architecture.culprit.rehearsal;

import dev.runbook.architecture.culprit.language.Bean;

/** Is imported by the engine, and imports the model. */
public record Estate(Bean bean) {}
