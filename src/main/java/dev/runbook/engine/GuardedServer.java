package dev.runbook.engine;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.Pause;
import dev.runbook.endpoint.SqlServer;
import dev.runbook.event.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A server that this run alone may use: the run's lock is taken before the first question. An old session of this very run that
 * is still at work is waited for, however long it takes, for it may be a restore; another run is shown.
 */
final class GuardedServer implements SqlServer {
    /** One name for all runbooks: no two of them may work on one server at a time. */
    private static final String LOCK = "runbook";

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /** A server notices within about a minute that the other side of an idle session is gone. */
    private static final int LOOKS_AT_AN_IDLE_SESSION = 150;

    private final SqlServer server;
    private final String name;
    private final String session;
    private final Pause pause;
    private final RunControl control;
    private final Consumer<String> tell;
    private final Runnable claim;
    private boolean locked;

    /**
     * A guard.
     *
     * @param name of the server, for people
     * @param session the name by which the sessions of this run are known on the server
     * @param tell shows the operator what is waited for
     * @param claim throws where somebody else works on this run by now; asked when the lock is held, before anything is sent
     */
    GuardedServer(
            SqlServer server,
            String name,
            String session,
            Pause pause,
            RunControl control,
            Consumer<String> tell,
            Runnable claim) {
        this.claim = claim;
        this.server = server;
        this.name = name;
        this.session = session;
        this.pause = pause;
        this.control = control;
        this.tell = tell;
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
        claim.run();
        Answer answer = question.get();
        if (answer instanceof Answer.Failed failed && failed.failure().code().equals("connection-lost")) {
            // the lock went with the connection
            locked = false;
        }
        return answer;
    }

    /** Why the lock cannot be had; empty when it is held now, and nothing that this run sent before is at work. */
    private Optional<Answer> take(Limits limits) {
        String told = "";
        int idle = 0;
        while (true) {
            Answer answer = server.lock(LOCK, limits);
            if (answer instanceof Answer.Failed) {
                return Optional.of(answer);
            }
            Row holder = ((Answer.Rows) answer).rows().get(0);
            boolean granted = holder.get("granted").equals(Optional.of(Value.of(true)));
            if (!granted && !isKnown(holder, "program")) {
                // it was given back between the two questions
                idle++;
            } else if (!granted && !text(holder, "program").equals(session)) {
                return Optional.of(refused(another(holder)));
            }
            Answer sessions = server.oldSessions(limits);
            if (sessions instanceof Answer.Failed) {
                return Optional.of(sessions);
            }
            List<Row> atWork = ((Answer.Rows) sessions).rows();
            if (granted && atWork.isEmpty()) {
                return Optional.empty();
            }
            idle = atWork.isEmpty() ? idle + 1 : 0;
            String message = own(atWork.isEmpty() ? holder : atWork.get(0), !atWork.isEmpty());
            if (control.isStopRequested() || idle > LOOKS_AT_AN_IDLE_SESSION) {
                return Optional.of(refused(message + " Let it end, and resume."));
            }
            if (!message.equals(told)) {
                tell.accept(message + " The run waits for it.");
                told = message;
            }
            pause.pause(BETWEEN_LOOKS, control.cancellation());
        }
    }

    private static Answer refused(String message) {
        return Answer.failed(Failure.definite(Failure.Kind.LASTING, Trouble.LOCKED, message));
    }

    private String own(Row holder, boolean atWork) {
        return atWork
                ? "What this run sent before is still at work on " + name + ": session " + text(holder, "session_id")
                        + " (" + text(holder, "command") + ", since " + text(holder, "since") + ")."
                : "An earlier session of this run, " + text(holder, "session_id") + ", still has the run's lock on "
                        + name
                        + ". It does nothing; the server ends it once it notices that nobody is at its other end.";
    }

    private static String another(Row holder) {
        String who = "Another run works on this server: " + text(holder, "program") + " of " + text(holder, "login")
                + " on " + text(holder, "host") + ", session " + text(holder, "session_id") + ", since "
                + text(holder, "since");
        boolean working = isKnown(holder, "command")
                && !text(holder, "command").equals("AWAITING COMMAND")
                && !text(holder, "command").startsWith("(");
        return working
                ? who + ". It is at work (" + text(holder, "command") + "). Let it end, and resume."
                : who
                        + ". Let it end, and resume. If that program is gone for certain and only its session was left behind,"
                        + " type on this server: KILL " + text(holder, "session_id");
    }

    private static boolean isKnown(Row row, String column) {
        return row.get(column).filter(value -> !value.text().isBlank()).isPresent();
    }

    private static String text(Row row, String column) {
        return row.get(column)
                .map(Value::text)
                .map(String::trim)
                .filter(text -> !text.isEmpty())
                .orElse("(unknown)");
    }
}
