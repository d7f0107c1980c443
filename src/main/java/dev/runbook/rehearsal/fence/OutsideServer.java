package dev.runbook.rehearsal.fence;

import dev.runbook.base.Value;
import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.SqlServer;
import java.util.Map;

/**
 * A server that is never dialled.
 *
 * @param refusal why, which is its answer to everything
 */
record OutsideServer(Failure refusal) implements SqlServer {
    @Override
    public Answer query(String sql, Limits limits) {
        return Answer.failed(refusal);
    }

    @Override
    public Answer execute(String sql, Limits limits) {
        return Answer.failed(refusal);
    }

    @Override
    public Answer call(String procedure, Map<String, Value> parameters, Limits limits) {
        return Answer.failed(refusal);
    }

    @Override
    public Answer reach(Limits limits) {
        return Answer.failed(refusal);
    }

    @Override
    public Answer oldSessions(Limits limits) {
        return Answer.failed(refusal);
    }

    @Override
    public Answer lock(String name, Limits limits) {
        return Answer.failed(refusal);
    }

    @Override
    public Answer release(String name, Limits limits) {
        return Answer.failed(refusal);
    }

    @Override
    public void close() {}
}
