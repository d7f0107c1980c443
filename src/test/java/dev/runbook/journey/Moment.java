package dev.runbook.journey;

import dev.runbook.journal.Entry;
import dev.runbook.rehearsal.model.EstateState;
import java.time.Instant;

/**
 * How everything stood when an event of a run was written.
 *
 * @param entry the event
 * @param state of the estate
 * @param files of the estate
 * @param time on the clock
 */
record Moment(Entry entry, EstateState state, FolderCopy files, Instant time) {}
