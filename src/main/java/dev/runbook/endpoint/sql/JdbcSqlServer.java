package dev.runbook.endpoint.sql;

import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Failure.Kind;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.SqlServer;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.value.Row;
import dev.runbook.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;

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
    private Link link;
    /** Where the lock of the run was granted; null while there is none. */
    private Link locked;

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
        return answer(
                () -> still(connected(limits)).run(Order.batch(sql), limits).first());
    }

    @Override
    public Answer execute(String sql, Limits limits) {
        return answer(() -> sound(limits).run(Order.batch(sql), limits).first());
    }

    @Override
    public Answer call(String procedure, Map<String, Value> parameters, Limits limits) {
        return answer(() -> {
            Order order = new ProcedureCall(procedure, parameters).order();
            Results results = sound(limits).run(order, limits);
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
                .run(Order.batch(RunSessions.atWork(application)), limits)
                .first());
    }

    @Override
    public Answer lock(String name, Limits limits) {
        return answer(() -> {
            locked = null;
            Order order = RunSessions.take(name).order();
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
                    .run(Order.batch(RunSessions.holder(name)), limits)
                    .first();
            return List.of(holders.isEmpty() ? denied : denied.with(holders.get(0)));
        });
    }

    @Override
    public Answer release(String name, Limits limits) {
        return answer(() -> {
            Order order = RunSessions.give(name).order();
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

    private static void refuse(String procedure, int code) throws SqlTrouble {
        if (code != 0) {
            throw new SqlTrouble(Failure.definite(
                    Kind.LASTING, "return-code", procedure + " ended with the return code " + code + ", not 0."));
        }
    }

    /** The connection, opened if there is none. */
    private Link connected(Limits limits) throws SqlTrouble {
        if (limits.cancellation().isRequested()) {
            throw new SqlTrouble(Failure.definite(Kind.CANCELLED, "cancelled", "Cancelled before anything was sent."));
        }
        if (link == null || link.isClosed()) {
            link = null;
            link = Link.open(target, application, grace);
        }
        return link;
    }

    /** The connection, known to be alive a moment ago. One that went is not replaced here. */
    private Link sound(Limits limits) throws SqlTrouble {
        if (link != null && !link.isClosed() && !link.answers()) {
            link.close();
            throw Link.lostBefore();
        }
        return still(connected(limits));
    }

    /** Refuses to go on over a new connection as if the lock were still held. */
    private Link still(Link current) throws SqlTrouble {
        if (locked != null && locked != current) {
            throw Link.lostBefore();
        }
        return current;
    }

    /** Something that is asked of a server. */
    private interface Question {
        List<Row> ask() throws SqlTrouble;
    }

    private static Answer answer(Question question) {
        try {
            return Answer.of(question.ask());
        } catch (SqlTrouble e) {
            return Answer.failed(e.failure());
        }
    }
}
