package dev.runbook.rehearsal.sqlserver.agent;

import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.LogShipping;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.sqlserver.Execution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** LSCopy: brings to the secondary what is newer than the last file copied. */
final class LogCopyJob {
    private LogCopyJob() {}

    static JobRun run(EstateState state, UUID job, Execution execution) {
        Server server = state.server(execution.server());
        return server.shipping().secondaries().stream()
                .filter(link -> link.copyJob().equals(job))
                .findFirst()
                .map(link -> copy(state, server, link, execution))
                .orElseGet(() -> new JobRun(state, "The job belongs to no log shipping."));
    }

    private static JobRun copy(EstateState state, Server server, LogShipping.Secondary link, Execution execution) {
        LogFiles source = new LogFiles(server, link.source(), link.primaryDatabase());
        LogFiles destination = new LogFiles(server, link.destination(), link.primaryDatabase());
        LogShipping.Secondary copied = link;
        String message = "Nothing to copy.";
        try {
            for (String name : source.names()) {
                if (isNewer(name, copied.lastCopied())) {
                    Optional<Path> there = destination.real(name).filter(Files::exists);
                    if (there.isEmpty()) {
                        destination.receive(source.real(name).orElseThrow());
                    }
                    copied = copied.copied(new LogShipping.Shipped(destination.device(name), execution.now()));
                    message = "Copied up to " + name + ".";
                }
            }
        } catch (IOException e) {
            message = "The copy failed: " + e.getMessage();
        }
        LogShipping.Secondary after = copied;
        LogShipping shipping = server.shipping()
                .withSecondaries(server.shipping().secondaries().stream()
                        .map(one -> one.id().equals(link.id()) ? after : one)
                        .toList());
        return new JobRun(state.with(server.with(shipping)), message);
    }

    /** The times in the names decide, as they do for the real job. */
    static boolean isNewer(String name, Optional<LogShipping.Shipped> last) {
        return last.filter(file -> LogFiles.nameOf(file.file()).compareToIgnoreCase(name) >= 0)
                .isEmpty();
    }
}
