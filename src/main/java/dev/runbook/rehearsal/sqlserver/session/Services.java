package dev.runbook.rehearsal.sqlserver.session;

import dev.runbook.rehearsal.model.EstateStore;
import dev.runbook.rehearsal.sqlserver.Catalog;
import dev.runbook.rehearsal.sqlserver.Faults;
import dev.runbook.rehearsal.sqlserver.Pace;
import java.time.Clock;
import java.util.Optional;
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
 * @param procedures that a scene brings along
 */
public record Services(
        EstateStore store,
        Catalog catalog,
        Faults faults,
        Pace.Chooser paces,
        Pace.Pause pause,
        Clock clock,
        Supplier<UUID> ids,
        Procedures procedures) {
    /** An estate without procedures of its own. */
    public Services(
            EstateStore store,
            Catalog catalog,
            Faults faults,
            Pace.Chooser paces,
            Pace.Pause pause,
            Clock clock,
            Supplier<UUID> ids) {
        this(store, catalog, faults, paces, pause, clock, ids, (server, name) -> Optional.empty());
    }

    /** The procedures that a scene brings along. */
    public interface Procedures {
        /**
         * What a procedure does, in T-SQL; its parameters are variables there.
         *
         * @param server as {@code @@SERVERNAME} tells it
         * @param name as it was called
         */
        Optional<String> body(String server, String name);
    }
}
