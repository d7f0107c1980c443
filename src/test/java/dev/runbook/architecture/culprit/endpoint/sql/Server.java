package dev.runbook.architecture.culprit.endpoint.sql;

import dev.runbook.architecture.culprit.endpoint.Port;

/** Half of a cycle. */
public interface Server {
    /** The other half. */
    Port port();
}
