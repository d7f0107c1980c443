package dev.runbook.rehearsal.sqlserver.procedure;

import dev.runbook.rehearsal.model.Agent;
import dev.runbook.rehearsal.sqlserver.Complaint;
import dev.runbook.rehearsal.tds.SqlError;
import java.util.Optional;
import java.util.UUID;

/** The jobs that the log shipping procedures make and remove. */
final class ShippingJobs {
    private ShippingJobs() {}

    /** 32022 where a job of that name exists that is none of log shipping. */
    static Optional<SqlError> clash(Agent agent, String name) {
        return agent.job(name)
                .filter(job -> job.kind() == Agent.Kind.OTHER)
                .map(job -> Complaint.JOB_NAME_CLASH.of(name));
    }

    /** A new job of that name, neither enabled nor scheduled, in the place of an old one. */
    static Agent renew(Agent agent, UUID id, String name, Agent.Kind kind) {
        Agent rest = agent.job(name).map(old -> agent.without(old.id())).orElse(agent);
        return rest.plus(Agent.Job.born(id, name, kind));
    }
}
