package dev.runbook.rehearsal.tds;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A server whose answers a test writes down; keeps what it was asked. The password is {@code right}. */
public final class ScriptedBackend implements Backend {
    /** An answer that a test wrote. */
    public interface Script {
        void run(List<Backend.Session.Parameter> parameters, Backend.Reply reply);
    }

    private final Map<String, Script> scripts = new LinkedHashMap<>();
    public final List<Login> logins = new CopyOnWriteArrayList<>();
    public final List<String> asked = new CopyOnWriteArrayList<>();
    public final List<Backend.Session.Parameter> parameters = new CopyOnWriteArrayList<>();
    public final CountDownLatch closed = new CountDownLatch(1);

    /** Answers every statement that begins so; the longest beginning wins. */
    public ScriptedBackend on(String beginning, Script script) {
        scripts.put(beginning, script);
        return this;
    }

    /** Answers every statement that begins so with these rows. */
    public ScriptedBackend rows(String beginning, List<Column> columns, List<List<Object>> rows) {
        return on(beginning, (parameters, reply) -> reply.result(columns, rows));
    }

    @Override
    public Admission admit(Login login) {
        logins.add(login);
        return login.password().equals("right")
                ? new Admission.Granted(new Scripted())
                : new Admission.Refused(new SqlError(18456, 14, 1, "Login failed for user '" + login.user() + "'.", 1));
    }

    /** Waits, as a statement does that takes long, until the client wants no more of it. */
    public static void untilCancelled(Backend.Reply reply) {
        while (!reply.isCancelled()) {
            Thread.onSpinWait();
            Thread.yield();
        }
    }

    private final class Scripted implements Backend.Session {
        @Override
        public void run(String sql, List<Parameter> bound, Backend.Reply reply) {
            asked.add(sql);
            parameters.addAll(new ArrayList<>(bound));
            scripts.entrySet().stream()
                    .filter(entry -> sql.startsWith(entry.getKey()))
                    .max(Comparator.comparingInt(entry -> entry.getKey().length()))
                    .map(Map.Entry::getValue)
                    .orElse((p, r) -> r.message(SqlError.of(50000, "no script for: " + sql)))
                    .run(bound, reply);
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
