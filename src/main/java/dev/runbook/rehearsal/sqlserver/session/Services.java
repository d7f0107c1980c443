package dev.runbook.rehearsal.sqlserver.session;

import dev.runbook.rehearsal.model.EstateStore;
import dev.runbook.rehearsal.sqlserver.Catalog;
import dev.runbook.rehearsal.sqlserver.Faults;
import dev.runbook.rehearsal.sqlserver.Pace;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What all servers of an estate share.
 *
 * @param store the state
 * @param catalog answers queries
 * @param faults what goes wrong
 * @param paces how long statements take
 * @param pause lets time pass
 * @param clock the time of the servers; its zone makes their local time
 * @param ids new ones
 */
public record Services(
        EstateStore store,
        Catalog catalog,
        Faults faults,
        Pace.Chooser paces,
        Pace.Pause pause,
        Clock clock,
        Supplier<UUID> ids) {}
