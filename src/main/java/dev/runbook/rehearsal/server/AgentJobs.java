package dev.runbook.rehearsal.server;

import dev.runbook.rehearsal.model.Agent;
import dev.runbook.rehearsal.model.BackupSet;
import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.LogShipping;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.model.Sessions;
import dev.runbook.rehearsal.model.Sessions.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs the jobs of log shipping where SQL Server Agent runs: those that are enabled and scheduled, again and again, and those
 * that somebody started. Their files are real.
 *
 * @param clock the time of the servers
 * @param ids new ones
 * @param every the time from one run to the next, and how long a job takes that was started by hand
 */
record AgentJobs(Clock clock, Supplier<UUID> ids, Duration every) {
    /** The state after all jobs that are due now. */
    EstateState tick(EstateState state) {
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

    /**
     * What a run of a job came to.
     *
     * @param state after it
     * @param message what it said last
     */
    private record JobRun(EstateState state, String message) {}

    /**
     * The log backups of one database in one folder, as one server sees it.
     *
     * @param server whose eyes are used
     * @param folder as written in log shipping
     * @param database its name
     */
    private record LogFiles(Server server, String folder, String database) {
        /** What is still being written; renamed when it is whole. */
        private static final String UNFINISHED = ".wrk";

        /** The path of a file as the server sees it. */
        String device(String name) {
            boolean slashes = folder.indexOf('/') >= 0 && folder.indexOf('\\') < 0;
            return folder + (slashes ? "/" : "\\") + name;
        }

        /** The real path of a file. */
        Optional<Path> real(String name) {
            return server.path(device(name));
        }

        /** The names of all log backups, oldest first. */
        List<String> names() throws IOException {
            Pattern pattern = Pattern.compile(Pattern.quote(database) + "_\\d{14}\\.trn", Pattern.CASE_INSENSITIVE);
            Optional<Path> real = server.path(folder);
            if (real.isEmpty()) {
                return List.of();
            }
            try (Stream<Path> files = Files.list(real.get())) {
                return files.map(file -> file.getFileName().toString())
                        .filter(name -> pattern.matcher(name).matches())
                        .sorted()
                        .toList();
            }
        }

        static String unfinished(String name) {
            return name.replaceFirst("\\.[^.]*$", UNFINISHED);
        }

        /** Copies a file here, under its unfinished name until it is whole. */
        void receive(Path source) throws IOException {
            String name = source.getFileName().toString();
            Path half = real(unfinished(name)).orElseThrow(() -> new NoSuchFileException(folder));
            Path whole = half.resolveSibling(name);
            Files.copy(source, half, StandardCopyOption.REPLACE_EXISTING);
            Files.move(half, whole, StandardCopyOption.REPLACE_EXISTING);
        }

        /** The last part of a path, whatever separates its parts. */
        static String nameOf(String device) {
            return device.substring(Math.max(device.lastIndexOf('/'), device.lastIndexOf('\\')) + 1);
        }
    }

    /**
     * LSBackup: a log backup into the share, with the time in UTC in its name. Skipped where the database is not online (32008),
     * as on the mirror.
     *
     * @param clock for the name
     */
    private record LogBackupJob(Clock clock) {
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

    /** LSCopy: brings to the secondary what is newer than the last file copied. */
    private static final class LogCopyJob {
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

    /** LSRestore: applies on the secondary what is newer than the last file applied; stops at the first that does not fit. */
    private static final class LogRestoreJob {
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
                            && failed.errors().get(0).number() != ServerError.TOO_EARLY.number()) {
                        return new JobRun(run.state(), failed.errors().get(0).message());
                    }
                    run = outcome instanceof Outcome.Done done
                            ? new JobRun(
                                    noted(done.state(), row, files.device(name), execution),
                                    "Restored up to " + name + ".")
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

        private static EstateState disconnected(
                EstateState state, LogShipping.SecondaryDatabase row, Execution execution) {
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
}
