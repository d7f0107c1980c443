package dev.runbook.rehearsal.tds;

import dev.runbook.rehearsal.wire.ByteReader;
import dev.runbook.rehearsal.wire.Message;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Answers the requests of one client in their order. A cancel marks the reply that is under way and then waits in the same
 * queue: so the client gets what it must get, two messages, first the end of what was cancelled, then the receipt. In one
 * message the driver would wait for ever.
 */
final class Answering implements Runnable, AutoCloseable {
    private final Session session;
    private final TokenWriter tokens;
    private final Runnable breaking;
    private final Calls calls;
    private final BlockingQueue<Work> queue = new LinkedBlockingQueue<>();
    private WireReply latest;
    private volatile boolean abandoned;

    Answering(Session session, TokenWriter tokens, Runnable breaking) {
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
        // made here and not by the answering thread, so that a cancel right behind the request finds it
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
        RemoteCall.skipHeaders(reader);
        return reader.text(reader.remaining() / 2);
    }
}
