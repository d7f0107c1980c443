package dev.runbook.rehearsal.catalog;

import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.server.Catalog.Asking;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one query looks at.
 *
 * @param state of the estate
 * @param asking where the query runs
 * @param now server time
 */
record CatalogView(EstateState state, Asking asking, LocalDateTime now) {
    private static final List<String> SYSTEM = List.of("master", "tempdb", "model", "msdb");

    /** The server that is asked. */
    Server server() {
        return state.server(asking.server());
    }

    /** The user database of that name. */
    Optional<Database> database(String name) {
        return server().database(name);
    }

    /** Every database with its id, those of the system included. */
    List<Named> databases() {
        List<Named> all = new ArrayList<>();
        for (String name : SYSTEM) {
            all.add(new Named(name, all.size() + 1, Optional.empty()));
        }
        server().databases()
                .values()
                .forEach(found -> all.add(new Named(found.name(), found.id(), Optional.of(found))));
        return all;
    }

    /** The id of a database; empty when there is none of that name. */
    Optional<Integer> databaseId(String name) {
        return databases().stream()
                .filter(one -> one.name().equalsIgnoreCase(name))
                .map(Named::id)
                .findFirst();
    }

    /** The login of the asking session. */
    String login() {
        return server().sessions()
                .find(asking.spid())
                .map(session -> session.login())
                .orElse("sa");
    }

    /** Whether the asking session may do everything. */
    boolean sysadmin() {
        return server().logins().stream()
                .filter(login -> login.name().equalsIgnoreCase(login()))
                .anyMatch(Server.Login::sysadmin);
    }

    /**
     * A database by name and id.
     *
     * @param user what the model knows of it; empty for a database of the system
     */
    record Named(String name, int id, Optional<Database> user) {}
}
