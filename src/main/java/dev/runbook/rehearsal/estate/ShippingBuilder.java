package dev.runbook.rehearsal.estate;

import dev.runbook.rehearsal.model.Agent;
import dev.runbook.rehearsal.model.BackupSet;
import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.LogShipping;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.model.Sessions;
import dev.runbook.rehearsal.scene.EstateSpec.LogShippingSpec;
import dev.runbook.rehearsal.scene.EstateSpec.ServerSpec.DatabaseSpec;
import dev.runbook.rehearsal.scene.Scene;
import dev.runbook.rehearsal.scene.Scene.FolderSpec;
import dev.runbook.rehearsal.server.Backup;
import dev.runbook.rehearsal.server.BackupDevices;
import dev.runbook.rehearsal.server.Execution;
import dev.runbook.rehearsal.server.Outcome;
import dev.runbook.rehearsal.server.Restore;
import dev.runbook.rehearsal.server.Statement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Adds one log shipping to a state: the rows of msdb, the jobs, and its past. */
final class ShippingBuilder {
    private static final int THREE_DAYS = 4320;
    private static final int FOUR_DAYS = 5760;
    private static final Agent.Schedule QUARTERLY = new Agent.Schedule(1, "every 15 minutes", true, 4, 1, 4, 15);

    private static final Duration BACKUP_INTERVAL = Duration.ofMinutes(15);
    private static final int MESSAGES = 25;
    private static final String AGENT_ACCOUNT = "NT SERVICE\\SQLSERVERAGENT";

    private final Scene scene;
    private final SceneBuilder builder;
    private final LogShippingSpec spec;
    private final String primary;
    private final String secondary;
    private EstateState stage;

    ShippingBuilder(Scene scene, SceneBuilder builder, LogShippingSpec spec) {
        this.scene = scene;
        this.builder = builder;
        this.spec = spec;
        this.primary = builder.name(spec.primary());
        this.secondary = builder.name(spec.secondary());
    }

    /** The state with the log shipping in it. */
    EstateState add(EstateState state) throws IOException {
        EstateState next = state;
        if (spec.files().logBackups() > 0) {
            next = play(next);
        }
        if (knownTo(LogShippingSpec.Sides.PRIMARY)) {
            next = next.change(primary, this::primary);
        }
        if (knownTo(LogShippingSpec.Sides.SECONDARY)) {
            next = next.change(secondary, this::secondary);
        }
        return next;
    }

    private boolean knownTo(LogShippingSpec.Sides side) {
        return spec.sides() == LogShippingSpec.Sides.BOTH || spec.sides() == side;
    }

    private Server primary(Server server) {
        Agent.Job job = job(spec.backupJob(), Agent.Kind.LOG_BACKUP);
        String share = builder.folder(spec.share()).toString();
        LogShipping tables = server.shipping();
        LogShipping.Primary row = new LogShipping.Primary(
                builder.id(),
                spec.database(),
                share,
                share,
                THREE_DAYS,
                job.id(),
                2,
                new LogShipping.Alert(60, 14_420, true, FOUR_DAYS),
                newest(spec.files().logBackups(), share));
        LogShipping.PrimarySecondary receiver = new LogShipping.PrimarySecondary(row.id(), secondary, spec.database());
        LogShipping next = tables.withPrimaries(plus(tables.primaries(), row))
                .withPrimarySecondaries(plus(tables.primarySecondaries(), receiver));
        return server.with(server.agent().plus(job)).with(next);
    }

    private Server secondary(Server server) {
        Agent.Job copy = job(spec.copyJob(), Agent.Kind.LOG_COPY);
        Agent.Job restore = job(spec.restoreJob(), Agent.Kind.LOG_RESTORE);
        String destination = copyFolder();
        LogShipping tables = server.shipping();
        LogShipping.Secondary link = new LogShipping.Secondary(
                builder.id(),
                primary,
                spec.database(),
                builder.folder(spec.share()).toString(),
                destination,
                THREE_DAYS,
                copy.id(),
                restore.id(),
                server.name(),
                newest(spec.files().copied(), destination));
        LogShipping.SecondaryDatabase database = new LogShipping.SecondaryDatabase(
                spec.database(),
                link.id(),
                0,
                true,
                standby(),
                false,
                new LogShipping.Alert(45, 14_421, true, FOUR_DAYS),
                newest(spec.files().applied(), destination));
        LogShipping next = tables.withSecondaries(plus(tables.secondaries(), link))
                .withSecondaryDatabases(plus(tables.secondaryDatabases(), database));
        return server.with(server.agent().plus(copy).plus(restore)).with(next);
    }

    /** The newest one of the oldest so many files. */
    private Optional<LogShipping.Shipped> newest(int count, String folder) {
        if (count == 0) {
            return Optional.empty();
        }
        Duration age = age(count);
        String file = folder + "\\" + builder.logBackup(spec.database(), age, ".trn");
        return Optional.of(new LogShipping.Shipped(file, builder.ago(age)));
    }

    /** A job as somebody set it up long ago: enabled, scheduled, and run before. */
    private Agent.Job job(String name, Agent.Kind kind) {
        UUID id = builder.id();
        Duration age = spec.files().last();
        Agent.Activity run = new Agent.Activity(builder.ago(age), Optional.of(builder.ago(age)), "The job succeeded.");
        return Agent.Job.born(id, name, kind).enabled(true).plus(QUARTERLY).with(run);
    }

    private static <T> List<T> plus(List<T> rows, T row) {
        return Stream.concat(rows.stream(), Stream.of(row)).toList();
    }

    /** How long ago the last one of the oldest so many log backups was taken. */
    private Duration age(int count) {
        return spec.files()
                .last()
                .plus(BACKUP_INTERVAL.multipliedBy(spec.files().logBackups() - count));
    }

    /** Whether the secondary database can be read while it waits. */
    private boolean standby() {
        return state().filter(DatabaseSpec.State.STANDBY::equals).isPresent();
    }

    /** The copy folder as the secondary sees it. */
    private String copyFolder() {
        return scene.folders().stream()
                .filter(folder ->
                        spec.copyFolder().filter(folder.name()::equals).isPresent())
                .map(FolderSpec::seenAs)
                .findFirst()
                .orElse("");
    }

    /**
     * The state after the past, which is played on a stage of two servers that have nothing but this database: a full backup, the log
     * backups one after the other, and the restores of those that were applied. The files stay; what the secondary got is carried over.
     */
    private EstateState play(EstateState state) throws IOException {
        Server first = onStage(spec.primary());
        DatabaseSpec source = new DatabaseSpec(
                spec.database(),
                DatabaseSpec.State.ONLINE,
                Optional.of(spec.database()),
                Optional.empty(),
                false,
                spec.tables());
        Server second = onStage(spec.secondary());
        stage = new EstateState(List.of(first.with(builder.database(source, first)), second), state.pool());
        seed();
        for (int number = 1; number <= spec.files().logBackups(); number++) {
            logBackup(number);
        }
        strays();
        if (state().filter(DatabaseSpec.State.ONLINE::equals).isPresent()) {
            run(
                    new Restore.Recover(spec.database()),
                    secondary,
                    spec.files().last().minus(Duration.ofMinutes(1)));
        }
        return carriedOver(state);
    }

    /** A server as it was then: nobody who is connected now was so. */
    private Server onStage(String id) {
        return builder.empty(builder.spec(id)).with(Sessions.NONE);
    }

    /** A full backup, restored on the secondary; its file was cleaned up long ago. */
    private void seed() throws IOException {
        Duration age = age(0);
        Path file = share().resolve("seed_" + spec.database() + ".bak");
        run(new Backup(BackupSet.Type.FULL, spec.database(), file.toString(), Backup.Options.PLAIN), primary, age);
        run(
                new Restore(BackupSet.Type.FULL, spec.database(), file.toString(), Restore.Options.NORECOVERY),
                secondary,
                age);
        Files.delete(file);
    }

    private void logBackup(int number) throws IOException {
        Duration age = age(number);
        stage = stage.change(primary, server -> server.change(spec.database(), database -> chatted(database, number)));
        String name = builder.logBackup(spec.database(), age, ".trn");
        Path file = share().resolve(name);
        run(new Backup(BackupSet.Type.LOG, spec.database(), file.toString(), Backup.Options.PLAIN), primary, age);
        if (number <= spec.files().copied()) {
            Files.copy(file, copies().resolve(name));
        }
        if (number <= spec.files().applied()) {
            Restore.Ending ending = standby() ? Restore.Ending.STANDBY : Restore.Ending.NORECOVERY;
            Restore.Options options = Restore.Options.NORECOVERY.ending(ending);
            String copy = copyFolder() + "\\" + name;
            run(new Restore(BackupSet.Type.LOG, spec.database(), copy, options), secondary, age);
        }
    }

    private static Database chatted(Database database, int number) {
        Database next = database;
        for (int message = 1; message <= MESSAGES; message++) {
            next = next.written("message %d.%d".formatted(number, message));
        }
        return next;
    }

    /** What else lies about: a log backup that was never finished, files of other databases. */
    private void strays() throws IOException {
        if (spec.files().halfWritten()) {
            BackupDevices.BackupFile.begin(share().resolve(builder.logBackup(spec.database(), Duration.ZERO, ".wrk")));
        }
        if (spec.files().decoys()) {
            String other =
                    builder.logBackup(spec.database() + "comp", spec.files().last(), ".trn");
            BackupDevices.BackupFile.begin(share().resolve(other));
            BackupDevices.BackupFile.begin(copies().resolve(other));
        }
    }

    private void run(Statement.Lengthy statement, String server, Duration age) {
        Execution execution = new Execution(server, 0, AGENT_ACCOUNT, builder.ago(age), builder::id);
        stage = done(statement, statement.begin(stage, execution));
        stage = done(statement, statement.complete(stage, execution));
    }

    private static EstateState done(Statement statement, Outcome outcome) {
        if (outcome instanceof Outcome.Done done) {
            return done.state();
        }
        throw new IllegalStateException("the past of the scene cannot be played: " + statement + " gave " + outcome);
    }

    /** The secondary keeps the database and its history; the primary of today may be another one than that of the past. */
    private EstateState carriedOver(EstateState state) {
        Server played = stage.server(secondary);
        Database database = played.database(spec.database()).orElseThrow();
        EstateState next = state.change(
                secondary, server -> server.with(numbered(database, server)).with(played.history()));
        return next.change(
                primary,
                server -> server.database(spec.database()).isPresent()
                        ? server
                        : server.with(unsaved(
                                stage.server(primary).database(spec.database()).orElseThrow())));
    }

    /** What the primary took after its last log backup, and nobody else has. */
    private Database unsaved(Database database) {
        Database next = database;
        for (int message = 1; message <= spec.files().unsaved(); message++) {
            next = next.written("unsaved message " + message);
        }
        return next;
    }

    private static Database numbered(Database database, Server server) {
        int id = server.database(database.name()).map(Database::id).orElseGet(server::freeDatabaseId);
        return new Database(
                database.name(),
                id,
                database.created(),
                database.status(),
                database.options(),
                database.lineage(),
                database.log(),
                database.mirroring(),
                database.files(),
                database.contents());
    }

    private Optional<DatabaseSpec.State> state() {
        return scene.setting().server(spec.secondary()).stream()
                .flatMap(server -> server.databases().stream())
                .filter(database -> database.name().equalsIgnoreCase(spec.database()))
                .map(DatabaseSpec::state)
                .findFirst();
    }

    private Path share() {
        return builder.folder(spec.share());
    }

    private Path copies() {
        return builder.folder(spec.copyFolder().orElse(spec.share()));
    }
}
