package dev.runbook.rehearsal.sqlserver.agent;

import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.sqlserver.statement.Mirrorings;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Lets an estate live for a moment. To be called again and again; nothing happens that is not due.
 *
 * @param clock the time of the servers
 * @param ids new ones
 * @param jobsEvery the time from one run of a scheduled job to the next, and from the start of a job by hand to its end
 */
public record Housekeeping(Clock clock, Supplier<UUID> ids, Duration jobsEvery) {
    /** The state after that moment. Log shipping reads and writes its files meanwhile. */
    public EstateState tick(EstateState state) {
        EstateState mirrored = Mirrorings.caughtUp(Mirrorings.follow(state));
        EstateState informed = mirrored.with(mirrored.pool().replicated(clock.instant()));
        EstateState worked = Mirrorings.follow(new AgentJobs(clock, ids, jobsEvery).tick(informed));
        return Programs.settled(worked, LocalDateTime.now(clock));
    }
}
