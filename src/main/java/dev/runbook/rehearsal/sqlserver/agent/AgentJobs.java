package dev.runbook.rehearsal.sqlserver.agent;

import dev.runbook.rehearsal.model.Agent;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.sqlserver.Execution;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Runs the jobs of log shipping where SQL Server Agent runs: those that are enabled and scheduled, again and again, and those
 * that somebody started. Their files are real.
 *
 * @param clock the time of the servers
 * @param ids new ones
 * @param every the time from one run to the next, and how long a job takes that was started by hand
 */
public record AgentJobs(Clock clock, Supplier<UUID> ids, Duration every) {
    /** The state after all jobs that are due now. */
    public EstateState tick(EstateState state) {
        EstateState next = state;
        for (Server server : state.servers()) {
            if (server.up() && server.agent().running()) {
                for (Agent.Job job : server.agent().jobs()) {
                    next = isDue(job) ? run(next, server.name(), job) : next;
                }
            }
        }
        return next;
    }

    private boolean isDue(Agent.Job job) {
        boolean rested = job.activity()
                .filter(last -> last.started().plus(every).isAfter(now()))
                .isEmpty();
        return job.kind() != Agent.Kind.OTHER && rested && (job.running() || job.due());
    }

    private EstateState run(EstateState state, String server, Agent.Job job) {
        Execution execution =
                new Execution(server, 0, state.server(server).agent().account(), now(), ids);
        JobRun run = switch (job.kind()) {
            case LOG_BACKUP -> new LogBackupJob(clock).run(state, job.id(), execution);
            case LOG_COPY -> LogCopyJob.run(state, job.id(), execution);
            case LOG_RESTORE -> LogRestoreJob.run(state, job.id(), execution);
            case LOG_ALERT, OTHER -> new JobRun(state, "done");
        };
        LocalDateTime started = job.activity()
                .filter(last -> job.running())
                .map(Agent.Activity::started)
                .orElse(now());
        Agent.Activity activity = new Agent.Activity(started, Optional.of(now()), run.message());
        return run.state().change(server, one -> one.with(one.agent().change(job.id(), old -> old.with(activity))));
    }

    private LocalDateTime now() {
        return LocalDateTime.now(clock);
    }
}
