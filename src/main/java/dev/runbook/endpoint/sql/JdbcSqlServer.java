package dev.runbook.endpoint.sql;

import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Failure.Kind;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.SqlServer;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.endpoint.sql.SqlErrors.SqlFailedException;
import dev.runbook.endpoint.sql.SqlStatement.ProcedureCall;
import dev.runbook.value.Row;
import dev.runbook.value.Value;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A SQL Server over Microsoft's driver. A failure of code {@code connection-lost} ends the connection, and with it the lock of
 * the run; the next call opens a new one. When the lock went unnoticed, the next question says {@code connection-lost}, until
 * the lock is taken again. Before an effect it is made sure that the connection is still there, so that one
 * which went idle too long fails with a known outcome.
 */
public final class JdbcSqlServer implements SqlServer {
    private static final Duration TO_CONFIRM_A_CANCEL = Duration.ofSeconds(30);

    private final SqlTarget target;
    private final String application;
    private final Duration grace;
    private SqlConnection link;
    /** Where the lock of the run was granted; null while there is none. */
    private SqlConnection locked;

    JdbcSqlServer(SqlTarget target, String application, Duration grace) {
        this.target = target;
        this.application = application;
        this.grace = grace;
    }

    /**
     * The server of a target; nothing is dialled yet.
     *
     * @param application the name that its sessions carry ({@code program_name}), by which a run finds its own again; at most
     *     128 characters
     */
    public static JdbcSqlServer of(SqlTarget target, String application) {
        return new JdbcSqlServer(target, application, TO_CONFIRM_A_CANCEL);
    }

    @Override
    public Answer query(String sql, Limits limits) {
        return answer(() ->
                still(connected(limits)).run(SqlStatement.batch(sql), limits).first());
    }

    @Override
    public Answer execute(String sql, Limits limits) {
        return answer(() -> sound(limits).run(SqlStatement.batch(sql), limits).first());
    }

    @Override
    public Answer call(String procedure, Map<String, Value> parameters, Limits limits) {
        return answer(() -> {
            SqlStatement order = new ProcedureCall(procedure, parameters).order();
            SqlResults results = sound(limits).run(order, limits);
            refuse(procedure, ProcedureCall.returnCode(results));
            return results.beforeLast();
        });
    }

    @Override
    public Answer reach(Limits limits) {
        if (link != null && !link.answers()) {
            link.close();
        }
        return answer(() -> {
            connected(limits);
            return List.of(SqlServer.present(target.name()));
        });
    }

    @Override
    public Answer oldSessions(Limits limits) {
        return answer(() -> connected(limits)
                .run(SqlStatement.batch(RunSessions.atWork(application)), limits)
                .first());
    }

    @Override
    public Answer lock(String name, Limits limits) {
        return answer(() -> {
            locked = null;
            SqlStatement order = RunSessions.take(name).order();
            int code = ProcedureCall.returnCode(sound(limits).run(order, limits));
            if (code >= 0) {
                locked = link;
                return List.of(Row.of("granted", Value.of(true)));
            }
            if (code != RunSessions.HELD_BY_ANOTHER) {
                refuse("sp_getapplock", code);
            }
            Row denied = Row.of("granted", Value.of(false));
            List<Row> holders = connected(limits)
                    .run(SqlStatement.batch(RunSessions.holder(name)), limits)
                    .first();
            return List.of(holders.isEmpty() ? denied : denied.with(holders.get(0)));
        });
    }

    @Override
    public Answer release(String name, Limits limits) {
        return answer(() -> {
            SqlStatement order = RunSessions.give(name).order();
            refuse("sp_releaseapplock", ProcedureCall.returnCode(sound(limits).run(order, limits)));
            locked = null;
            return List.of();
        });
    }

    @Override
    public void close() {
        locked = null;
        if (link != null) {
            link.close();
            link = null;
        }
    }

    private static void refuse(String procedure, int code) throws SqlFailedException {
        if (code != 0) {
            throw new SqlFailedException(Failure.definite(
                    Kind.LASTING, "return-code", procedure + " ended with the return code " + code + ", not 0."));
        }
    }

    /** The connection, opened if there is none. */
    private SqlConnection connected(Limits limits) throws SqlFailedException {
        if (limits.cancellation().isRequested()) {
            throw new SqlFailedException(
                    Failure.definite(Kind.CANCELLED, "cancelled", "Cancelled before anything was sent."));
        }
        if (link == null || link.isClosed()) {
            link = null;
            link = SqlConnection.open(target, application, grace);
        }
        return link;
    }

    /** The connection, known to be alive a moment ago. One that went is not replaced here. */
    private SqlConnection sound(Limits limits) throws SqlFailedException {
        if (link != null && !link.isClosed() && !link.answers()) {
            link.close();
            throw SqlConnection.lostBefore();
        }
        return still(connected(limits));
    }

    /** Refuses to go on over a new connection as if the lock were still held. */
    private SqlConnection still(SqlConnection current) throws SqlFailedException {
        if (locked != null && locked != current) {
            throw SqlConnection.lostBefore();
        }
        return current;
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

        /** The other sessions of that program that work at something. */
        static String atWork(String application) {
            return "SELECT spid AS session_id, RTRIM(cmd) AS command, RTRIM(status) AS status FROM sys.sysprocesses"
                    + " WHERE program_name = N'" + application.replace("'", "''")
                    + "' AND spid <> @@SPID AND status <> N'sleeping'";
        }

        /** Who holds a lock. A server shows its name as {@code 0:[name]:(hash)}. */
        static String holder(String lock) throws SqlFailedException {
            check(lock);
            return "SELECT l.request_session_id AS session_id, RTRIM(p.program_name) AS program, RTRIM(p.hostname) AS host,"
                    + " RTRIM(p.loginame) AS login, p.login_time AS since"
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

        /** Gives a lock back. */
        static ProcedureCall give(String lock) throws SqlFailedException {
            Map<String, Value> parameters = named(lock);
            parameters.put("LockOwner", Value.of("Session"));
            return new ProcedureCall("sp_releaseapplock", parameters);
        }

        private static Map<String, Value> named(String lock) throws SqlFailedException {
            check(lock);
            Map<String, Value> parameters = new LinkedHashMap<>();
            parameters.put("Resource", Value.of(lock));
            return parameters;
        }

        private static void check(String lock) throws SqlFailedException {
            if (!LOCK.matcher(lock).matches()) {
                throw new SqlFailedException(
                        Failure.definite(Kind.LASTING, "lock-name", "'" + lock + "' cannot be the name of a lock"));
            }
        }
    }
}
