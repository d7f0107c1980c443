/**
 * What the simulated estate is at one moment: servers with their databases, jobs and histories, and the pool. Immutable
 * throughout, so that a state can be kept, compared and forked; {@link dev.runbook.rehearsal.model.EstateStore} alone
 * changes. Holds facts and plain consequences of them; what statements do is elsewhere.
 */
package dev.runbook.rehearsal.model;
