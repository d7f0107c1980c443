package dev.runbook.engine;

import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Cancellation;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.Pause;
import dev.runbook.endpoint.SqlServer;
import dev.runbook.event.Trouble;
import dev.runbook.value.Row;
import dev.runbook.value.Value;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A server that this run alone may use: the run's lock is taken before the first question on each connection. A holder that is
 * an old session of this very run is waited for; any other is shown.
 */
final class GuardedServer implements SqlServer {
    /** One name for all runbooks: no two of them may work on one server at a time. */
    private static final String LOCK = "runbook";

    private static final int LOOKS = 30;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final SqlServer server;
    private final String session;
    private final Pause pause;
    private final Cancellation cancellation;
    private boolean locked;

    /**
     * A guard.
     *
     * @param session the name by which the sessions of this run are known on the server
     */
    GuardedServer(SqlServer server, String session, Pause pause, Cancellation cancellation) {
        this.server = server;
        this.session = session;
        this.pause = pause;
        this.cancellation = cancellation;
    }

    @Override
    public Answer query(String sql, Limits limits) {
        return guarded(() -> server.query(sql, limits), limits);
    }

    @Override
    public Answer execute(String sql, Limits limits) {
        return guarded(() -> server.execute(sql, limits), limits);
    }

    @Override
    public Answer call(String procedure, Map<String, Value> parameters, Limits limits) {
        return guarded(() -> server.call(procedure, parameters, limits), limits);
    }

    @Override
    public Answer reach(Limits limits) {
        return server.reach(limits);
    }

    @Override
    public Answer oldSessions(Limits limits) {
        return server.oldSessions(limits);
    }

    @Override
    public Answer lock(String name, Limits limits) {
        return server.lock(name, limits);
    }

    @Override
    public Answer release(String name, Limits limits) {
        return server.release(name, limits);
    }

    @Override
    public void close() {
        locked = false;
        server.close();
    }

    private Answer guarded(Supplier<Answer> question, Limits limits) {
        Optional<Answer> refused = locked ? Optional.empty() : take(limits);
        if (refused.isPresent()) {
            return refused.get();
        }
        locked = true;
        Answer answer = question.get();
        if (answer instanceof Answer.Failed failed && failed.failure().code().equals("connection-lost")) {
            // the lock went with the connection
            locked = false;
        }
        return answer;
    }

    /** Why the lock cannot be had; empty when it is held now. */
    private Optional<Answer> take(Limits limits) {
        Row holder = Row.EMPTY;
        for (int look = 0; look < LOOKS && !cancellation.isRequested(); look++) {
            Answer answer = server.lock(LOCK, limits);
            if (answer instanceof Answer.Failed) {
                return Optional.of(answer);
            }
            holder = ((Answer.Rows) answer).rows().get(0);
            if (holder.get("granted").equals(Optional.of(Value.of(true)))) {
                return Optional.empty();
            }
            if (!text(holder, "program").equals(session)) {
                break;
            }
            pause.pause(BETWEEN_LOOKS, cancellation);
        }
        return Optional.of(Answer.failed(Failure.definite(Failure.Kind.LASTING, Trouble.LOCKED, message(holder))));
    }

    private static String message(Row holder) {
        return "Another run works on this server: " + text(holder, "program") + " of " + text(holder, "login") + " on "
                + text(holder, "host") + ", session " + text(holder, "session_id") + ", since " + text(holder, "since")
                + ". Let it end, and resume. If that program is gone for certain and only its session was left behind, type on"
                + " this server: KILL " + text(holder, "session_id");
    }

    private static String text(Row row, String column) {
        return row.get(column)
                .map(Value::text)
                .map(String::trim)
                .filter(text -> !text.isEmpty())
                .orElse("(unknown)");
    }
}
