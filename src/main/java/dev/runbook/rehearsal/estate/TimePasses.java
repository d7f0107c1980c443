package dev.runbook.rehearsal.estate;

import dev.runbook.rehearsal.model.EstateStore;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.sqlserver.agent.Housekeeping;

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
}
