package dev.runbook.architecture.culprit.endpoint;

import dev.runbook.architecture.culprit.endpoint.sql.Server;

/** A parent that imports its child. */
public interface Port {
    /** The child. */
    Server server();
}
