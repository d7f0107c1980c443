package dev.runbook.rehearsal.tds;

import dev.runbook.rehearsal.wire.Message;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The procedures through which a driver runs and prepares statements; keeps what one client prepared. */
final class Calls {
    private static final Pattern PARAMETER_NAME = Pattern.compile("@[\\w@#$]+");

    private final Session session;
    private final Map<Integer, Prepared> prepared = new HashMap<>();
    private int lastHandle;

    Calls(Session session) {
        this.session = session;
    }

    /** A statement that waits for its values; the names are those of its declaration. */
    private record Prepared(String sql, List<String> names) {
        static Prepared of(Object sql, Object declaration) {
            String declared = declaration == null ? "" : declaration.toString();
            return new Prepared(
                    String.valueOf(sql),
                    PARAMETER_NAME
                            .matcher(declared)
                            .results()
                            .map(MatchResult::group)
                            .toList());
        }
    }

    void answer(Message message, WireReply reply) {
        RemoteCall call;
        try {
            call = RemoteCall.parse(message);
        } catch (ProtocolException e) {
            reply.message(SqlError.of(8009, "The call of a procedure cannot be read: " + e.getMessage() + "."));
            return;
        }
        switch (call.procedure()) {
            case "sp_executesql" -> run(Prepared.of(call.value(0), call.value(1)), call, 2, reply);
            case "sp_prepare" -> keep(Prepared.of(call.value(2), call.value(1)), reply);
            case "sp_prepexec" -> {
                Prepared statement = Prepared.of(call.value(2), call.value(1));
                keep(statement, reply);
                run(statement, call, 3, reply);
            }
            case "sp_execute" -> execute(call, reply);
            case "sp_unprepare" -> prepared.remove(handle(call));
            default ->
                reply.message(SqlError.of(
                        2812,
                        "Could not find stored procedure '" + call.procedure()
                                + "'. (The rehearsal takes procedures as EXEC in a batch, not as a call.)"));
        }
    }

    private void keep(Prepared statement, WireReply reply) {
        lastHandle++;
        prepared.put(lastHandle, statement);
        reply.handle(lastHandle);
    }

    private void execute(RemoteCall call, WireReply reply) {
        Prepared statement = prepared.get(handle(call));
        if (statement == null) {
            reply.message(SqlError.of(8179, "Could not find prepared statement with handle " + handle(call) + "."));
        } else {
            run(statement, call, 1, reply);
        }
    }

    private static int handle(RemoteCall call) {
        return call.value(0) instanceof Integer handle ? handle : 0;
    }

    private void run(Prepared statement, RemoteCall call, int first, WireReply reply) {
        List<Session.Parameter> parameters = new ArrayList<>();
        for (int i = first; i < call.arguments().size(); i++) {
            Session.Parameter sent = call.arguments().get(i);
            int place = i - first;
            boolean named = !sent.name().isEmpty() || place >= statement.names().size();
            parameters.add(
                    named ? sent : new Session.Parameter(statement.names().get(place), sent.value()));
        }
        session.run(statement.sql(), parameters, reply);
    }
}
