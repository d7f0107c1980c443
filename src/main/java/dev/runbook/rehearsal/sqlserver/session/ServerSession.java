package dev.runbook.rehearsal.sqlserver.session;

import dev.runbook.rehearsal.sqlserver.reading.Batch;
import dev.runbook.rehearsal.sqlserver.reading.BatchReader;
import dev.runbook.rehearsal.tds.Reply;
import dev.runbook.rehearsal.tds.Session;
import java.util.List;

/** A connection to a simulated server. It is a session of the model until it is closed, or ended by a KILL. */
final class ServerSession implements Session {
    private final Own own;

    ServerSession(String server, int spid, String login, Services services) {
        this.own = new Own(server, spid, login, services, new Own.Options());
    }

    @Override
    public void run(String sql, List<Parameter> parameters, Reply reply) {
        if (own.connection().isEmpty()) {
            reply.drop();
            return;
        }
        Batch batch = BatchReader.read(sql);
        if (batch instanceof Batch.Refused refused) {
            reply.message(refused.error());
            return;
        }
        BatchRun.of(own, parameters, reply).run(((Batch.Understood) batch).statements());
    }

    @Override
    public void close() {
        own.services()
                .store()
                .update(state -> state.change(
                        own.server(), server -> server.with(server.sessions().without(own.spid()))));
    }
}
