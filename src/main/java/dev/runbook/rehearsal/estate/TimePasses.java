package dev.runbook.rehearsal.estate;

import dev.runbook.rehearsal.model.Agent;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.EstateStore;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.server.Housekeeping;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * What happens in an estate by itself.
 *
 * @param store whose state grows older
 * @param housekeeping what happens in a moment
 * @param resting jobs that do not run by themselves
 */
record TimePasses(EstateStore store, Housekeeping housekeeping, RestingJobs resting) {
    /** The jobs that a server has now do not run by themselves. */
    void rest(Server server) {
        resting.rest(server);
    }

    /** Everything that is due now. */
    void tick() {
        store.update(state -> resting.woken(housekeeping.tick(resting.asleep(state)), state));
    }

    /**
     * The jobs that a scene begins with. They run every 15 minutes, and the scene lies between two of their runs; so they run only
     * when somebody starts them. Jobs that get made during the rehearsal run as quickly as the scene says.
     */
    static final class RestingJobs {
        private final Set<UUID> ids = ConcurrentHashMap.newKeySet();

        /** Lets all jobs rest that a server has. */
        void rest(Server server) {
            server.agent().jobs().forEach(job -> ids.add(job.id()));
        }

        /** A state in which no resting job is enabled. One that runs goes on. */
        EstateState asleep(EstateState state) {
            return changed(state, job -> job.running() ? job : job.enabled(false));
        }

        /** A later state in which the resting jobs are as they were before. */
        EstateState woken(EstateState later, EstateState before) {
            EstateState next = later;
            for (Server server : before.servers()) {
                for (Agent.Job job : server.agent().jobs()) {
                    if (ids.contains(job.id())) {
                        next = change(next, server, job.id(), now -> now.enabled(job.enabled()));
                    }
                }
            }
            return next;
        }

        private EstateState changed(EstateState state, UnaryOperator<Agent.Job> change) {
            EstateState next = state;
            for (Server server : state.servers()) {
                for (Agent.Job job : server.agent().jobs()) {
                    next = ids.contains(job.id()) ? change(next, server, job.id(), change) : next;
                }
            }
            return next;
        }

        private static EstateState change(EstateState state, Server server, UUID job, UnaryOperator<Agent.Job> change) {
            return state.change(server.name(), one -> one.with(one.agent().change(job, change)));
        }
    }
}
