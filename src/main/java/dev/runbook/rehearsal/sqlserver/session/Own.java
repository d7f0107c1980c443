package dev.runbook.rehearsal.sqlserver.session;

import dev.runbook.rehearsal.model.Connection;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.sqlserver.Execution;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A session's own place in the estate.
 *
 * @param server as {@code @@SERVERNAME} tells it
 * @param spid its number
 * @param login whose it is
 * @param services of the estate
 */
record Own(String server, int spid, String login, Services services) {
    EstateState state() {
        return services.store().snapshot();
    }

    Server here() {
        return state().server(server);
    }

    /** Its connection; empty once somebody ended it. */
    Optional<Connection> connection() {
        return connection(state());
    }

    Optional<Connection> connection(EstateState state) {
        return state.server(server).sessions().find(spid);
    }

    /** Where it is; master once it was ended. */
    String database() {
        return connection().map(Connection::database).orElse("master");
    }

    boolean administrator() {
        return SimulatedServer.administrator(here(), login);
    }

    Execution execution() {
        return new Execution(server, spid, login, LocalDateTime.now(services.clock()), services.ids());
    }

    /** The state with its connection changed, if it is still there. */
    EstateState change(EstateState state, UnaryOperator<Connection> change) {
        return state.change(server, one -> one.with(one.sessions().change(spid, change)));
    }
}
