package dev.runbook.rehearsal.sqlserver.session;

import dev.runbook.rehearsal.model.Connection;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.model.Sessions;
import dev.runbook.rehearsal.sqlserver.Execution;
import dev.runbook.rehearsal.sqlserver.statement.Statement;
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
 * @param options what SET changed in it
 */
record Own(String server, int spid, String login, Services services, Options options) {
    /** What SET changed, for as long as the session lasts. */
    static final class Options {
        /** ROWCOUNT: a result has no more rows; 0 for all. */
        int rowCount;
        /** IMPLICIT_TRANSACTIONS: what reads or changes something begins a transaction. */
        boolean implicit;
        /** XACT_ABORT: an error ends the batch and undoes the transaction. */
        boolean abort;
        /** NOEXEC: statements are read, and not run. */
        boolean noExec;

        /** Takes a SET statement; one of another option means nothing here. */
        void take(Statement.Ignored set) {
            set.set("ROWCOUNT")
                    .filter(number -> number.matches("\\d{1,9}"))
                    .ifPresent(number -> rowCount = Integer.parseInt(number));
            set.set("IMPLICIT_TRANSACTIONS").ifPresent(value -> implicit = value.equals("ON"));
            set.set("XACT_ABORT").ifPresent(value -> abort = value.equals("ON"));
            set.set("NOEXEC").ifPresent(value -> noExec = value.equals("ON"));
        }
    }

    /** The transaction that is open here. */
    Optional<Sessions.Transaction> transaction() {
        return here().sessions().transaction(spid);
    }

    /** How deep it is; 0 outside of one. */
    int depth() {
        return transaction().map(Sessions.Transaction::depth).orElse(0);
    }

    /** Begins a transaction, or goes one deeper. */
    void begin() {
        deepen(1);
    }

    /** Commits; whether there was anything to commit. */
    boolean commit() {
        if (depth() > 1) {
            deepen(-1);
            return true;
        }
        boolean open = depth() == 1;
        services.store()
                .update(state ->
                        state.change(server, one -> one.with(one.sessions().withoutTransaction(spid))));
        return open;
    }

    /** Undoes what the transaction changed; whether there was one. */
    boolean rollBack() {
        boolean open = depth() > 0;
        services.store().update(state -> state.change(server, one -> one.rolledBack(spid)));
        return open;
    }

    private void deepen(int more) {
        services.store()
                .update(state -> state.change(
                        server,
                        one -> one.with(one.sessions()
                                .with(one.sessions()
                                        .transaction(spid)
                                        .orElse(new Sessions.Transaction(spid, 0, Optional.empty()))
                                        .deeper(more)))));
    }

    /** A change of the state, of which an open transaction, or one that begins by itself, remembers what was before. */
    EstateState remembering(EstateState before, EstateState after) {
        Server was = before.server(server);
        boolean changed = was.agent() != after.server(server).agent()
                || was.shipping() != after.server(server).shipping();
        Optional<Sessions.Transaction> open = was.sessions().transaction(spid);
        if (!changed || open.isEmpty() && !options.implicit) {
            return after;
        }
        Sessions.Transaction now = open.orElse(new Sessions.Transaction(spid, 1, Optional.empty()));
        Sessions.Before found = now.before().orElse(new Sessions.Before(was.agent(), was.shipping()));
        return after.change(
                server,
                one -> one.with(one.sessions().with(new Sessions.Transaction(spid, now.depth(), Optional.of(found)))));
    }

    /** The state as this session sees it: without what others have not committed. */
    EstateState visible() {
        return state().change(server, one -> one.committed(spid));
    }

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
