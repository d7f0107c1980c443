package dev.runbook.rehearsal.server;

import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.EstateStore;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.model.Sessions;
import dev.runbook.rehearsal.model.Sessions.Connection;
import dev.runbook.rehearsal.server.BatchReader.Batch;
import dev.runbook.rehearsal.server.SimulatedServer.Services;
import dev.runbook.rehearsal.tds.Backend.Reply;
import dev.runbook.rehearsal.tds.Backend.Session;
import dev.runbook.rehearsal.tds.Column;
import dev.runbook.rehearsal.tds.SqlError;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A connection to a simulated server. It is a session of the model until it is closed, or ended by a KILL.
 *
 * @param server as {@code @@SERVERNAME} tells it
 * @param spid its number
 * @param login whose it is
 * @param services of the estate
 * @param options what SET changed in it
 */
record ServerSession(String server, int spid, String login, Services services, Options options) implements Session {
    /** How long at most until a cancel or a kill is noticed. */
    private static final Duration SLICE = Duration.ofMillis(20);

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

    @Override
    public void run(String sql, List<Parameter> parameters, Reply reply) {
        if (connection().isEmpty()) {
            reply.drop();
            return;
        }
        Batch batch = BatchReader.read(sql);
        if (batch instanceof Batch.Refused refused) {
            reply.message(Access.Write.of(sql, database())
                    .flatMap(write -> write.refusal(here()))
                    .orElse(refused.error()));
        } else {
            new BatchRun(this, parameters, reply, "").run(((Batch.Understood) batch).statements());
        }
    }

    @Override
    public void close() {
        services.store()
                .update(state ->
                        state.change(server, one -> one.with(one.sessions().without(spid))));
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

    /** Carries something out: mirrors follow, a failure changes nothing. */
    Outcome carryOut(Function<EstateState, Outcome> work) {
        return services.store().apply(state -> changed(state, work.apply(state)));
    }

    /** What an outcome comes to. */
    EstateStore.Changed<Outcome> changed(EstateState before, Outcome outcome) {
        return outcome instanceof Outcome.Done done
                ? new EstateStore.Changed<>(remembering(before, Mirrorings.follow(done.state())), outcome)
                : new EstateStore.Changed<>(before, outcome);
    }

    /** A change of the state, of which an open transaction, or one that begins by itself, remembers what was before. */
    private EstateState remembering(EstateState before, EstateState after) {
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
        return here().logins().stream()
                .filter(one -> one.name().equalsIgnoreCase(login))
                .findFirst()
                .filter(Server.Login::sysadmin)
                .isPresent();
    }

    Execution execution() {
        return new Execution(server, spid, login, LocalDateTime.now(services.clock()), services.ids());
    }

    /** The state with its connection changed, if it is still there. */
    EstateState change(EstateState state, UnaryOperator<Connection> change) {
        return state.change(server, one -> one.with(one.sessions().change(spid, change)));
    }

    /** Whether the client gave up, or somebody ended the session. */
    boolean over(Reply reply) {
        return reply.isCancelled() || connection().isEmpty();
    }

    /** Waits until the client gives up or somebody ends the session. */
    void waitForEver(Reply reply) {
        while (!over(reply) && !Thread.currentThread().isInterrupted()) {
            services.pause().sleep(SLICE);
        }
        dropIfEnded(reply);
    }

    /** Waits that long, or until the client gives up or somebody ends the session; the latter breaks the connection. */
    void waitAtMost(Duration whole, Reply reply) {
        Duration left = whole;
        while (!over(reply) && left.compareTo(Duration.ZERO) > 0) {
            Duration slice = left.compareTo(SLICE) < 0 ? left : SLICE;
            services.pause().sleep(slice);
            left = left.minus(slice);
        }
        dropIfEnded(reply);
    }

    private void dropIfEnded(Reply reply) {
        if (connection().isEmpty()) {
            reply.drop();
        }
    }

    /**
     * Says outcomes to the client, with the line of the statement.
     *
     * @param reply to the client
     * @param line of the statement
     * @param silent whether the answer gets lost on its way
     * @param procedure whose statement it is; empty for one of the batch itself
     * @param heard is told every message too
     */
    record StatementReply(Reply reply, int line, boolean silent, String procedure, Consumer<SqlError> heard) {
        private static final int NO_COUNT = -1;

        /** Says an outcome. */
        void say(Outcome outcome) {
            if (outcome instanceof Outcome.Failed failed) {
                say(failed.errors());
            } else if (outcome instanceof Outcome.Done done) {
                say(done.messages());
                if (done.rows().isPresent()) {
                    say(done.rows().get());
                } else {
                    end();
                }
            }
        }

        void say(Catalog.Answer.Rows rows) {
            say(rows.columns(), rows.rows());
        }

        void say(List<Column> columns, List<List<Object>> rows) {
            if (!silent) {
                reply.result(columns, rows);
            }
        }

        void say(List<SqlError> messages) {
            messages.forEach(this::say);
        }

        void say(SqlError message) {
            say(message, procedure);
        }

        /** Says what arose in a procedure, which counts lines of its own. */
        void say(SqlError message, String inProcedure) {
            boolean own = inProcedure.equals(procedure);
            SqlError placed = message.at(own ? line : 1, inProcedure);
            heard.accept(placed);
            if (!silent) {
                reply.message(placed);
            }
        }

        /** Ends a statement that has no result. */
        void end() {
            if (!silent) {
                reply.done(NO_COUNT);
            }
        }
    }
}
