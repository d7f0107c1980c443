package dev.runbook.architecture.culprit.endpoint.files;

import dev.runbook.architecture.culprit.endpoint.sql.Server;

/** An endpoint that knows another one. */
public record Folder(Server server) {}
