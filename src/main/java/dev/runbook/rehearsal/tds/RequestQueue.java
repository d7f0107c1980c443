package dev.runbook.rehearsal.tds;

import dev.runbook.rehearsal.tds.Backend.Session;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Answers the requests of one client in their order. A cancel marks the reply that is under way and then waits in the same
 * queue: so the client gets what it must get, two messages, first the end of what was cancelled, then the receipt. In one
 * message the driver would wait for ever.
 */
final class RequestQueue implements Runnable, AutoCloseable {
    private final Session session;
    private final TokenWriter tokens;
    private final Runnable breaking;
    private final Calls calls;
    private final BlockingQueue<Work> queue = new LinkedBlockingQueue<>();
    private WireReply latest;
    private volatile boolean abandoned;

    RequestQueue(Session session, TokenWriter tokens, Runnable breaking) {
        this.session = session;
        this.tokens = tokens;
        this.breaking = breaking;
        this.calls = new Calls(session);
    }

    /** Something that is answered in its turn. */
    private interface Work {
        void answer() throws IOException;
    }

    /** Queues a request. Called by the thread that listens. */
    void request(Message message) {
        // made here and not by the answering thread, so that a cancel right after the request finds it
        WireReply reply = new WireReply(tokens, message.type() == Message.CALL, breaking);
        latest = reply;
        queue.add(() -> answer(message, reply));
    }

    /** Stops what runs, and queues the receipt. Called by the thread that listens. */
    void cancel() {
        if (latest != null) {
            latest.cancel();
        }
        queue.add(tokens::attentionDone);
    }

    /** The client is gone: stops what runs, answers nothing more. Called by the thread that listens. */
    @Override
    public void close() {
        abandoned = true;
        if (latest != null) {
            latest.cancel();
        }
        queue.add(() -> {});
    }

    @Override
    public void run() {
        try {
            while (!abandoned) {
                queue.take().answer();
            }
        } catch (IOException e) {
            // the client is gone; the thread that listens sees it too
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            breaking.run();
        }
    }

    private void answer(Message message, WireReply reply) throws IOException {
        if (abandoned) {
            return;
        }
        try {
            run(message, reply);
        } catch (IllegalArgumentException | IllegalStateException e) {
            // a client sees a mistake of the rehearsal as an error, not as a network that breaks
            reply.message(SqlError.of(50000, "The rehearsal failed at this statement: " + e));
        }
        reply.end();
    }

    private void run(Message message, WireReply reply) throws IOException {
        switch (message.type()) {
            case Message.BATCH -> session.run(batch(message), List.of(), reply);
            case Message.CALL -> calls.answer(message, reply);
            default ->
                reply.message(SqlError.of(
                        4002,
                        "The rehearsal understands batches and calls, not messages of type " + message.type() + "."));
        }
    }

    private static String batch(Message message) throws ProtocolException {
        ByteReader reader = new ByteReader(message.body());
        Calls.RemoteCall.skipHeaders(reader);
        return reader.text(reader.remaining() / 2);
    }

    /** The procedures through which a driver runs and prepares statements; keeps what one client prepared. */
    static final class Calls {
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
                boolean named =
                        !sent.name().isEmpty() || place >= statement.names().size();
                parameters.add(
                        named ? sent : new Session.Parameter(statement.names().get(place), sent.value()));
            }
            session.run(statement.sql(), parameters, reply);
        }

        /**
         * The call of a procedure as it travels.
         *
         * @param procedure its name; for those that have a number, the name to it
         * @param arguments in their order, names as sent (mostly empty)
         */
        record RemoteCall(String procedure, List<Session.Parameter> arguments) {
            private static final int BY_NUMBER = 0xFFFF;

            static RemoteCall parse(Message message) throws ProtocolException {
                ByteReader in = new ByteReader(message.body());
                skipHeaders(in);
                int length = in.u16();
                String procedure = length == BY_NUMBER ? name(in.u16()) : in.text(length);
                in.skip(2);
                WireValueReader values = new WireValueReader(in);
                List<Session.Parameter> arguments = new ArrayList<>();
                while (!in.isAtEnd()) {
                    String name = in.text(in.u8());
                    in.skip(1);
                    arguments.add(new Session.Parameter(name, values.next()));
                }
                return new RemoteCall(procedure.toLowerCase(Locale.ROOT), arguments);
            }

            /** Transactions and query notifications, before every batch and call. */
            static void skipHeaders(ByteReader in) throws ProtocolException {
                in.skip(in.i32() - Integer.BYTES);
            }

            /** The value of an argument; null when there are not so many. */
            Object value(int index) {
                return index < arguments.size() ? arguments.get(index).value() : null;
            }

            private static String name(int number) {
                return switch (number) {
                    case 10 -> "sp_executesql";
                    case 11 -> "sp_prepare";
                    case 12 -> "sp_execute";
                    case 13 -> "sp_prepexec";
                    case 15 -> "sp_unprepare";
                    default -> "procedure number " + number;
                };
            }
        }
    }
}
