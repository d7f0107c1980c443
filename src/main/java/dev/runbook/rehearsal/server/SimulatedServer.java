package dev.runbook.rehearsal.server;

import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.EstateStore;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.model.Sessions;
import dev.runbook.rehearsal.model.Sessions.Connection;
import dev.runbook.rehearsal.tds.Backend;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * One server of the estate. Whether it listens is the business of whoever runs the estate; whoever reaches it while it is
 * down is turned away.
 */
public final class SimulatedServer implements Backend {
    private final String name;
    private final Services services;

    /**
     * A server of the estate.
     *
     * @param name as {@code @@SERVERNAME} tells it
     */
    public SimulatedServer(String name, Services services) {
        this.name = name;
        this.services = services;
    }

    @Override
    public Admission admit(Login login) {
        return services.store().apply(state -> admit(state, login));
    }

    private EstateStore.Changed<Admission> admit(EstateState state, Login login) {
        Server server = state.server(name);
        boolean known = server.logins().stream()
                .anyMatch(one -> one.name().equalsIgnoreCase(login.user())
                        && one.password().equals(login.password()));
        if (!server.up() || !known) {
            return refused(state, ServerError.LOGIN_FAILED, login.user());
        }
        String database = login.database().isEmpty() ? "master" : login.database();
        int spid = server.sessions().next();
        if (Access.refusalToUse(server, database, spid).isPresent()) {
            return refused(state, ServerError.CANNOT_OPEN_DATABASE, database);
        }
        Sessions sessions = server.sessions()
                .plus(new Connection(
                        spid,
                        login.user(),
                        login.workstation(),
                        login.program(),
                        database,
                        Connection.WAITING,
                        LocalDateTime.now(services.clock()),
                        Connection.Kind.CLIENT));
        Admission granted = new Admission.Granted(
                new ServerSession(name, spid, login.user(), services, new ServerSession.Options()));
        return new EstateStore.Changed<>(state.with(server.with(sessions)), granted);
    }

    private static EstateStore.Changed<Admission> refused(EstateState state, ServerError complaint, String about) {
        return new EstateStore.Changed<>(state, new Admission.Refused(complaint.of(about)));
    }

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
}
