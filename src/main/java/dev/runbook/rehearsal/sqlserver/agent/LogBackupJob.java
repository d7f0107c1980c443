package dev.runbook.rehearsal.sqlserver.agent;

import dev.runbook.rehearsal.model.BackupSet;
import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.LogShipping;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.sqlserver.Execution;
import dev.runbook.rehearsal.sqlserver.Outcome;
import dev.runbook.rehearsal.sqlserver.statement.Backup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;

/**
 * LSBackup: a log backup into the share, with the time in UTC in its name. Skipped where the database is not online (32008),
 * as on the mirror.
 *
 * @param clock for the name
 */
record LogBackupJob(Clock clock) {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

    JobRun run(EstateState state, UUID job, Execution execution) {
        Server server = state.server(execution.server());
        Optional<LogShipping.Primary> row = server.shipping().primaries().stream()
                .filter(primary -> primary.backupJob().equals(job))
                .findFirst();
        if (row.isEmpty()) {
            return new JobRun(state, "The job belongs to no log shipping.");
        }
        boolean online = server.database(row.get().database())
                .filter(Database::online)
                .filter(database -> !database.status().standby())
                .isPresent();
        return online
                ? backUp(state, server, row.get(), execution)
                : new JobRun(state, "32008: skipped, the database is not online here.");
    }

    private JobRun backUp(EstateState state, Server server, LogShipping.Primary row, Execution execution) {
        LogFiles files = new LogFiles(server, row.backupDirectory(), row.database());
        String name = row.database() + "_"
                + LocalDateTime.now(clock.withZone(ZoneOffset.UTC)).format(STAMP) + ".trn";
        Optional<Path> half = files.real(LogFiles.unfinished(name));
        Optional<Path> whole = files.real(name);
        if (half.isEmpty() || whole.isEmpty() || Files.exists(whole.get())) {
            return new JobRun(state, "There is a file of this second already; the next run makes another.");
        }
        Backup backup = new Backup(
                BackupSet.Type.LOG, row.database(), files.device(LogFiles.unfinished(name)), Backup.Options.PLAIN);
        Outcome outcome = backup.complete(state, execution);
        if (outcome instanceof Outcome.Failed failed) {
            return new JobRun(state, failed.errors().get(0).message());
        }
        try {
            Files.move(half.get(), whole.get());
        } catch (IOException e) {
            return new JobRun(state, "The backup could not be renamed: " + e.getMessage());
        }
        EstateState next = ((Outcome.Done) outcome).state();
        return new JobRun(
                next.change(server.name(), one -> noted(one, backup.device(), files.device(name), row, execution)),
                "32029: the backup file was renamed to " + name + ".");
    }

    private static Server noted(
            Server server, String half, String whole, LogShipping.Primary row, Execution execution) {
        LogShipping.Primary after = row.backedUp(new LogShipping.Shipped(whole, execution.now()));
        return server.with(server.history().renamed(half, whole))
                .with(server.shipping()
                        .withPrimaries(server.shipping().primaries().stream()
                                .map(one -> one.id().equals(row.id()) ? after : one)
                                .toList()));
    }
}
