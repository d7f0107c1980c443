package dev.runbook.endpoint.sql;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Failure.Kind;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.SqlServer;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.endpoint.sql.SqlErrors.SqlFailedException;
import dev.runbook.endpoint.sql.SqlStatement.ProcedureCall;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A SQL Server over Microsoft's driver. Three kinds of session carry the run's name: one is kept for questions, one in master
 * holds the run's lock, and each effect has one of its own that ends with it. So neither a transaction nor a setting nor the
 * current database of one effect is there for the next, a question sees only what is committed, and nothing of the run stays in
 * a database that somebody needs for himself. A session that is used again would not do: the reset of a connection pool leaves
 * the isolation level as it is.
 *
 * <p>Before an effect it is made sure that the lock's session is still there. When it is not, the effect is not sent
 * ({@code connection-lost}), nor is any later one, until the lock is taken again.
 */
public final class JdbcSqlServer implements SqlServer {
    private static final Duration TO_CONFIRM_A_CANCEL = Duration.ofSeconds(30);

    private final SqlTarget target;
    private final Sessions sessions;
    private final Duration grace;
    private SqlConnection questions;
    /** Holds the lock of the run, perhaps for a neighbour too; null while there is none. */
    private SqlConnection locked;

    private JdbcSqlServer(SqlTarget target, Sessions sessions, Duration grace) {
        this.target = target;
        this.sessions = sessions;
        this.grace = grace;
    }

    JdbcSqlServer(SqlTarget target, String application, Duration grace) {
        this(target, new Sessions(application), grace);
    }

    /**
     * The server of a target; nothing is dialled yet.
     *
     * @param application the name that its sessions carry ({@code program_name}), by which a run finds its own again; at most
     *     128 characters
     */
    public static JdbcSqlServer of(SqlTarget target, String application) {
        return new Sessions(application).server(target);
    }

    /**
     * All servers of one process. A server is known by what it calls itself: two that were named differently and are one share
     * one lock. Not safe for use by several threads.
     */
    public static final class Sessions {
        private final String application;
        private final Map<String, SqlConnection> locks = new HashMap<>();

        /** Of sessions that carry that name. */
        public Sessions(String application) {
            this.application = application;
        }

        /** The server of a target; nothing is dialled yet. */
        public JdbcSqlServer server(SqlTarget target) {
            return new JdbcSqlServer(target, this, TO_CONFIRM_A_CANCEL);
        }

        /** The session that holds the lock on a server already. */
        private Optional<SqlConnection> holder(SqlConnection server) {
            return Optional.ofNullable(locks.get(name(server))).filter(holder -> !holder.isClosed());
        }

        private void holds(SqlConnection holder) {
            locks.put(name(holder), holder);
        }

        private void forget(SqlConnection holder) {
            locks.remove(name(holder), holder);
        }

        private static String name(SqlConnection server) {
            return server.identity().name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public Answer query(String sql, Limits limits) {
        return answer(() -> asking(limits).run(SqlStatement.batch(sql), limits).first());
    }

    @Override
    public Answer execute(String sql, Limits limits) {
        return answer(() -> effect(SqlStatement.batch(sql), limits, SqlResults::first));
    }

    @Override
    public Answer call(String procedure, Map<String, Value> parameters, Limits limits) {
        return answer(() -> effect(new ProcedureCall(procedure, parameters).order(), limits, results -> {
            refuse(procedure, ProcedureCall.returnCode(results), Failure.Outcome.PARTLY);
            return results.beforeLast();
        }));
    }

    @Override
    public Answer reach(Limits limits) {
        if (questions != null && !questions.answers()) {
            questions.close();
        }
        return answer(() -> {
            asking(limits);
            return List.of(SqlServer.present(target.name()));
        });
    }

    @Override
    public Answer oldSessions(Limits limits) {
        return answer(() -> asking(limits)
                .run(SqlStatement.batch(RunSessions.atWork(sessions.application)), limits)
                .first());
    }

    @Override
    public Answer lock(String name, Limits limits) {
        return answer(() -> {
            RunSessions.check(name);
            locked = null;
            SqlConnection asking = asking(limits);
            Optional<SqlConnection> ours = sessions.holder(asking).filter(SqlConnection::answers);
            if (ours.isPresent()) {
                locked = ours.get();
                return List.of(Row.of("granted", Value.of(true)));
            }
            SqlConnection fresh = open(limits);
            try {
                List<Row> answer = lock(fresh, name, limits);
                if (locked == fresh) {
                    sessions.holds(fresh);
                    fresh = null;
                }
                return answer;
            } finally {
                if (fresh != null) {
                    fresh.close();
                }
            }
        });
    }

    private List<Row> lock(SqlConnection session, String name, Limits limits) throws SqlFailedException {
        int code = ProcedureCall.returnCode(session.run(RunSessions.take(name).order(), limits));
        if (code < 0 && code != RunSessions.HELD_BY_ANOTHER) {
            refuse("sp_getapplock", code, Failure.Outcome.DEFINITE);
        }
        // a run whose process is gone holds no lock any more, though what it sent may still be at work
        String question = code < 0 ? RunSessions.holder(name) : RunSessions.othersAtWork(sessions.application);
        Optional<Row> other = session.run(SqlStatement.batch(question), limits).first().stream()
                .findFirst();
        if (code >= 0 && other.isEmpty()) {
            locked = session;
            return List.of(Row.of("granted", Value.of(true)));
        }
        Row denied = Row.of("granted", Value.of(false));
        return List.of(other.map(denied::with).orElse(denied));
    }

    @Override
    public Answer release(String name, Limits limits) {
        return answer(() -> {
            RunSessions.check(name);
            if (locked == null) {
                throw new SqlFailedException(
                        Failure.definite(Kind.LASTING, "not-locked", "The lock " + name + " is not held."));
            }
            releaseLock();
            return List.of();
        });
    }

    private void releaseLock() {
        if (locked != null) {
            sessions.forget(locked);
            locked.close();
            locked = null;
        }
    }

    @Override
    public void close() {
        releaseLock();
        if (questions != null) {
            questions.close();
            questions = null;
        }
    }

    private static void refuse(String procedure, int code, Failure.Outcome outcome) throws SqlFailedException {
        if (code != 0) {
            throw new SqlFailedException(new Failure(
                    outcome,
                    Kind.LASTING,
                    "return-code",
                    procedure + " ended with the return code " + code + ", not 0.",
                    OptionalInt.empty(),
                    List.of()));
        }
    }

    /** What is read of an answer. */
    private interface Reading {
        List<Row> of(SqlResults results) throws SqlFailedException;
    }

    /** Sends something over a session of its own, and sees to it that no transaction is left behind. */
    private List<Row> effect(SqlStatement statement, Limits limits, Reading reading) throws SqlFailedException {
        if (locked != null && !locked.answers()) {
            // not replaced here: whoever holds a lock must learn that he lost it
            sessions.forget(locked);
            locked.close();
            throw SqlConnection.lostBefore();
        }
        try (SqlConnection session = open(limits)) {
            List<Row> rows;
            try {
                rows = reading.of(session.run(statement, limits));
            } catch (SqlFailedException e) {
                if (session.isClosed()) {
                    throw e;
                }
                Optional<Failure> left = session.endLeftTransaction();
                throw left.isPresent()
                        ? new SqlFailedException(
                                e.failure().withDetail(left.get().message()))
                        : e;
            }
            Optional<Failure> left = session.endLeftTransaction();
            if (left.isPresent()) {
                throw new SqlFailedException(left.get());
            }
            return rows;
        }
    }

    /** The session for questions, opened if there is none. */
    private SqlConnection asking(Limits limits) throws SqlFailedException {
        if (questions == null || questions.isClosed()) {
            questions = null;
            questions = open(limits);
        }
        refuseCancelled(limits);
        return questions;
    }

    private SqlConnection open(Limits limits) throws SqlFailedException {
        refuseCancelled(limits);
        return SqlConnection.open(target, sessions.application, grace);
    }

    private static void refuseCancelled(Limits limits) throws SqlFailedException {
        if (limits.cancellation().isRequested()) {
            throw new SqlFailedException(
                    Failure.definite(Kind.CANCELLED, "cancelled", "Cancelled before anything was sent."));
        }
    }

    /** Something that is asked of a server. */
    private interface Question {
        List<Row> ask() throws SqlFailedException;
    }

    private static Answer answer(Question question) {
        try {
            return Answer.of(question.ask());
        } catch (SqlFailedException e) {
            return Answer.failed(e.failure());
        }
    }

    /** The questions about the sessions and the lock of a run. */
    static final class RunSessions {
        /** A server shows no more than 32 characters of the name of a lock; none of these means anything to LIKE. */
        private static final Pattern LOCK = Pattern.compile("[A-Za-z0-9 .-]{1,32}");

        /** What {@code sp_getapplock} returns when the lock is not free within the time it may wait. */
        static final int HELD_BY_ANOTHER = -1;

        private RunSessions() {}

        private static final String COLUMNS =
                "SELECT p.spid AS session_id, RTRIM(p.cmd) AS command, RTRIM(p.status) AS status,"
                        + " RTRIM(p.program_name) AS program, RTRIM(p.hostname) AS host, RTRIM(p.loginame) AS login,"
                        + " p.login_time AS since FROM sys.sysprocesses AS p WHERE p.ecid = 0 AND p.spid <> @@SPID"
                        + " AND p.status <> N'sleeping' AND p.program_name";

        /** The other sessions of that program that work at something. */
        static String atWork(String application) {
            return COLUMNS + " = N'" + application.replace("'", "''") + "'";
        }

        /** The sessions of other runs that work at something; {@code check} changes nothing. */
        static String othersAtWork(String application) {
            String own = application.replace("'", "''");
            return COLUMNS + " LIKE N'runbook %' AND p.program_name NOT IN (N'" + own + "', N'runbook check')";
        }

        /** Who holds a lock. A server shows its name as {@code 0:[name]:(hash)}. */
        static String holder(String lock) throws SqlFailedException {
            check(lock);
            return "SELECT l.request_session_id AS session_id, RTRIM(p.program_name) AS program, RTRIM(p.hostname) AS host,"
                    + " RTRIM(p.loginame) AS login, p.login_time AS since, RTRIM(p.cmd) AS command"
                    + " FROM sys.dm_tran_locks AS l JOIN sys.sysprocesses AS p ON p.spid = l.request_session_id"
                    + " WHERE l.resource_type = N'APPLICATION' AND l.request_status = N'GRANT'"
                    + " AND l.resource_description LIKE N'%" + lock + "%'";
        }

        /** Takes a lock at once or not at all. */
        static ProcedureCall take(String lock) throws SqlFailedException {
            Map<String, Value> parameters = named(lock);
            parameters.put("LockMode", Value.of("Exclusive"));
            parameters.put("LockOwner", Value.of("Session"));
            parameters.put("LockTimeout", Value.of(0));
            return new ProcedureCall("sp_getapplock", parameters);
        }

        private static Map<String, Value> named(String lock) throws SqlFailedException {
            check(lock);
            Map<String, Value> parameters = new LinkedHashMap<>();
            parameters.put("Resource", Value.of(lock));
            return parameters;
        }

        static void check(String lock) throws SqlFailedException {
            if (!LOCK.matcher(lock).matches()) {
                throw new SqlFailedException(
                        Failure.definite(Kind.LASTING, "lock-name", "'" + lock + "' cannot be the name of a lock"));
            }
        }
    }
}
