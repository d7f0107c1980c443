package dev.runbook.rehearsal.sqlserver.agent;

import dev.runbook.rehearsal.model.BackupSet;
import dev.runbook.rehearsal.model.Connection;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.LogShipping;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.model.Sessions;
import dev.runbook.rehearsal.sqlserver.Complaint;
import dev.runbook.rehearsal.sqlserver.Execution;
import dev.runbook.rehearsal.sqlserver.Outcome;
import dev.runbook.rehearsal.sqlserver.statement.Restore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** LSRestore: applies on the secondary what is newer than the last file applied; stops at the first that does not fit. */
final class LogRestoreJob {
    private LogRestoreJob() {}

    static JobRun run(EstateState state, UUID job, Execution execution) {
        LogShipping shipping = state.server(execution.server()).shipping();
        Optional<LogShipping.Secondary> link = shipping.secondaries().stream()
                .filter(one -> one.restoreJob().equals(job))
                .findFirst();
        JobRun run = new JobRun(state, "The job belongs to no log shipping.");
        for (LogShipping.SecondaryDatabase row : shipping.secondaryDatabases()) {
            if (link.filter(one -> one.id().equals(row.secondary())).isPresent()) {
                run = restore(run.state(), link.get(), row, execution);
            }
        }
        return run;
    }

    private static JobRun restore(
            EstateState state, LogShipping.Secondary link, LogShipping.SecondaryDatabase row, Execution execution) {
        LogFiles files = new LogFiles(state.server(execution.server()), link.destination(), link.primaryDatabase());
        List<String> names;
        try {
            names = files.names();
        } catch (IOException e) {
            return new JobRun(state, "The copy folder cannot be read: " + e.getMessage());
        }
        JobRun run = new JobRun(disconnected(state, row, execution), "Nothing to restore.");
        for (String name : names) {
            if (LogCopyJob.isNewer(name, row.lastRestored())) {
                Outcome outcome = apply(run.state(), row, files.device(name), execution);
                if (outcome instanceof Outcome.Failed failed
                        && failed.errors().get(0).number() != Complaint.TOO_EARLY.number()) {
                    return new JobRun(run.state(), failed.errors().get(0).message());
                }
                run = outcome instanceof Outcome.Done done
                        ? new JobRun(
                                noted(done.state(), row, files.device(name), execution), "Restored up to " + name + ".")
                        : run;
            }
        }
        return run;
    }

    private static Outcome apply(
            EstateState state, LogShipping.SecondaryDatabase row, String device, Execution execution) {
        Restore.Ending ending = row.standby() ? Restore.Ending.STANDBY : Restore.Ending.NORECOVERY;
        Restore restore =
                new Restore(BackupSet.Type.LOG, row.database(), device, Restore.Options.NORECOVERY.ending(ending));
        Outcome begun = restore.begin(state, execution);
        return begun instanceof Outcome.Done done ? restore.complete(done.state(), execution) : begun;
    }

    private static EstateState noted(
            EstateState state, LogShipping.SecondaryDatabase row, String device, Execution execution) {
        return state.change(
                execution.server(),
                server -> server.with(server.shipping()
                        .withSecondaryDatabases(server.shipping().secondaryDatabases().stream()
                                .map(one -> one.database().equalsIgnoreCase(row.database())
                                        ? one.restored(new LogShipping.Shipped(device, execution.now()))
                                        : one)
                                .toList())));
    }

    private static EstateState disconnected(EstateState state, LogShipping.SecondaryDatabase row, Execution execution) {
        if (!row.disconnectUsers()) {
            return state;
        }
        Server server = state.server(execution.server());
        Sessions left = server.sessions();
        for (Connection one : left.in(row.database())) {
            left = left.without(one.spid());
        }
        return state.with(server.with(left));
    }
}
