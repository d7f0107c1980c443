package dev.runbook.rehearsal.estate;

import dev.runbook.rehearsal.model.Agent;
import dev.runbook.rehearsal.model.BackupSet;
import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.LogShipping;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.model.Sessions;
import dev.runbook.rehearsal.scene.Scene;
import dev.runbook.rehearsal.scene.Setting;
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

/** Adds one log shipping to a state: the rows of msdb, the jobs, and the past that {@link ShippingPast} plays. */
final class ShippingBuilder {
    private static final int THREE_DAYS = 4320;
    private static final int FOUR_DAYS = 5760;
    private static final Agent.Schedule QUARTERLY = new Agent.Schedule(1, "every 15 minutes", true, 4, 1, 4, 15);

    private final Scene scene;
    private final SceneBuilder.Ground ground;
    private final Setting.LogShippingSpec spec;
    private final SceneBuilder.ServerBuilder servers;

    ShippingBuilder(Scene scene, SceneBuilder.Ground ground, Setting.LogShippingSpec spec) {
        this.scene = scene;
        this.ground = ground;
        this.spec = spec;
        this.servers = new SceneBuilder.ServerBuilder(scene, ground);
    }

    /** The state with the log shipping in it. */
    EstateState add(EstateState state) throws IOException {
        EstateState next = state;
        if (spec.files().logBackups() > 0) {
            next = new ShippingPast(scene, ground, spec).play(next);
        }
        if (knownTo(Setting.LogShippingSpec.Sides.PRIMARY)) {
            next = next.change(servers.name(spec.primary()), this::primary);
        }
        if (knownTo(Setting.LogShippingSpec.Sides.SECONDARY)) {
            next = next.change(servers.name(spec.secondary()), this::secondary);
        }
        return next;
    }

    private boolean knownTo(Setting.LogShippingSpec.Sides side) {
        return spec.sides() == Setting.LogShippingSpec.Sides.BOTH || spec.sides() == side;
    }

    private Server primary(Server server) {
        Agent.Job job = job(spec.backupJob(), Agent.Kind.LOG_BACKUP);
        String share = ground.folder(spec.share()).toString();
        LogShipping tables = server.shipping();
        LogShipping.Primary row = new LogShipping.Primary(
                ground.ids().get(),
                spec.database(),
                share,
                share,
                THREE_DAYS,
                job.id(),
                2,
                new LogShipping.Alert(60, 14_420, true, FOUR_DAYS),
                newest(spec.files().logBackups(), share));
        LogShipping.PrimarySecondary secondary =
                new LogShipping.PrimarySecondary(row.id(), servers.name(spec.secondary()), spec.database());
        LogShipping next = tables.withPrimaries(plus(tables.primaries(), row))
                .withPrimarySecondaries(plus(tables.primarySecondaries(), secondary));
        return server.with(server.agent().plus(job)).with(next);
    }

    private Server secondary(Server server) {
        Agent.Job copy = job(spec.copyJob(), Agent.Kind.LOG_COPY);
        Agent.Job restore = job(spec.restoreJob(), Agent.Kind.LOG_RESTORE);
        String destination = ShippingPast.copyFolder(scene, spec);
        LogShipping tables = server.shipping();
        LogShipping.Secondary link = new LogShipping.Secondary(
                ground.ids().get(),
                servers.name(spec.primary()),
                spec.database(),
                ground.folder(spec.share()).toString(),
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
                ShippingPast.standby(scene, spec),
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
        Duration age = ShippingPast.age(spec.files(), count);
        String file = folder + "\\" + ground.logBackup(spec.database(), age, ".trn");
        return Optional.of(new LogShipping.Shipped(file, ground.ago(age)));
    }

    /** A job as somebody set it up long ago: enabled, scheduled, and run before. */
    private Agent.Job job(String name, Agent.Kind kind) {
        UUID id = ground.ids().get();
        Duration age = spec.files().last();
        Agent.Activity run = new Agent.Activity(ground.ago(age), Optional.of(ground.ago(age)), "The job succeeded.");
        return Agent.Job.born(id, name, kind).enabled(true).plus(QUARTERLY).with(run);
    }

    private static <T> List<T> plus(List<T> rows, T row) {
        return Stream.concat(rows.stream(), Stream.of(row)).toList();
    }

    /**
     * Plays the past of a log shipping on a stage of two servers that have nothing but this database: a full backup, the log backups
     * one after the other, and the restores of those that were applied. The files stay; what the secondary got is carried over.
     */
    static final class ShippingPast {
        private static final Duration BETWEEN = Duration.ofMinutes(15);
        private static final int MESSAGES = 25;
        private static final String NOBODY = "NT SERVICE\\SQLSERVERAGENT";

        private final Scene scene;
        private final SceneBuilder.Ground ground;
        private final Setting.LogShippingSpec spec;
        private final SceneBuilder.ServerBuilder servers;
        private final String primary;
        private final String secondary;
        private EstateState stage;

        ShippingPast(Scene scene, SceneBuilder.Ground ground, Setting.LogShippingSpec spec) {
            this.scene = scene;
            this.ground = ground;
            this.spec = spec;
            this.servers = new SceneBuilder.ServerBuilder(scene, ground);
            this.primary = servers.name(spec.primary());
            this.secondary = servers.name(spec.secondary());
        }

        /** How long ago the last one of the oldest so many log backups was taken. */
        static Duration age(Setting.LogShippingSpec.Files files, int count) {
            return files.last().plus(BETWEEN.multipliedBy(files.logBackups() - count));
        }

        /** Whether the secondary database can be read while it waits. */
        static boolean standby(Scene scene, Setting.LogShippingSpec spec) {
            return state(scene, spec)
                    .filter(Setting.ServerSpec.DatabaseSpec.State.STANDBY::equals)
                    .isPresent();
        }

        /** The copy folder as the secondary sees it. */
        static String copyFolder(Scene scene, Setting.LogShippingSpec spec) {
            return scene.folders().stream()
                    .filter(folder ->
                            spec.copyFolder().filter(folder.name()::equals).isPresent())
                    .map(Scene.FolderSpec::seenAs)
                    .findFirst()
                    .orElse("");
        }

        /** The state after this past. */
        EstateState play(EstateState state) throws IOException {
            Server first = onStage(spec.primary());
            Setting.ServerSpec.DatabaseSpec source = new Setting.ServerSpec.DatabaseSpec(
                    spec.database(),
                    Setting.ServerSpec.DatabaseSpec.State.ONLINE,
                    Optional.of(spec.database()),
                    Optional.empty(),
                    false,
                    spec.tables());
            Server second = onStage(spec.secondary());
            stage = new EstateState(List.of(first.with(servers.database(source, first)), second), state.pool());
            seed();
            for (int number = 1; number <= spec.files().logBackups(); number++) {
                logBackup(number);
            }
            strays();
            if (state(scene, spec)
                    .filter(Setting.ServerSpec.DatabaseSpec.State.ONLINE::equals)
                    .isPresent()) {
                run(
                        new Restore.Recover(spec.database()),
                        secondary,
                        spec.files().last().minus(Duration.ofMinutes(1)));
            }
            return carriedOver(state);
        }

        /** A server as it was then: nobody who is connected now was so. */
        private Server onStage(String id) {
            return servers.empty(servers.spec(id)).with(Sessions.NONE);
        }

        /** A full backup, restored on the secondary; its file was cleaned up long ago. */
        private void seed() throws IOException {
            Duration age = age(spec.files(), 0);
            Path file = share().resolve("seed_" + spec.database() + ".bak");
            run(new Backup(BackupSet.Type.FULL, spec.database(), file.toString(), Backup.Options.PLAIN), primary, age);
            run(
                    new Restore(BackupSet.Type.FULL, spec.database(), file.toString(), Restore.Options.NORECOVERY),
                    secondary,
                    age);
            Files.delete(file);
        }

        private void logBackup(int number) throws IOException {
            Duration age = age(spec.files(), number);
            stage = stage.change(
                    primary, server -> server.change(spec.database(), database -> chatted(database, number)));
            String name = ground.logBackup(spec.database(), age, ".trn");
            Path file = share().resolve(name);
            run(new Backup(BackupSet.Type.LOG, spec.database(), file.toString(), Backup.Options.PLAIN), primary, age);
            if (number <= spec.files().copied()) {
                Files.copy(file, copies().resolve(name));
            }
            if (number <= spec.files().applied()) {
                Restore.Ending ending = standby(scene, spec) ? Restore.Ending.STANDBY : Restore.Ending.NORECOVERY;
                Restore.Options options = Restore.Options.NORECOVERY.ending(ending);
                String copy = copyFolder(scene, spec) + "\\" + name;
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
                BackupDevices.BackupFile.begin(
                        share().resolve(ground.logBackup(spec.database(), Duration.ZERO, ".wrk")));
            }
            if (spec.files().decoys()) {
                String other =
                        ground.logBackup(spec.database() + "comp", spec.files().last(), ".trn");
                BackupDevices.BackupFile.begin(share().resolve(other));
                BackupDevices.BackupFile.begin(copies().resolve(other));
            }
        }

        private void run(Statement.Lengthy statement, String server, Duration age) {
            Execution execution = new Execution(server, 0, NOBODY, ground.ago(age), ground.ids());
            stage = done(statement, statement.begin(stage, execution));
            stage = done(statement, statement.complete(stage, execution));
        }

        private static EstateState done(Statement statement, Outcome outcome) {
            if (outcome instanceof Outcome.Done done) {
                return done.state();
            }
            throw new IllegalStateException(
                    "the past of the scene cannot be played: " + statement + " gave " + outcome);
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
                            : server.with(unsaved(stage.server(primary)
                                    .database(spec.database())
                                    .orElseThrow())));
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

        private static Optional<Setting.ServerSpec.DatabaseSpec.State> state(
                Scene scene, Setting.LogShippingSpec spec) {
            return scene.setting().server(spec.secondary()).stream()
                    .flatMap(server -> server.databases().stream())
                    .filter(database -> database.name().equalsIgnoreCase(spec.database()))
                    .map(Setting.ServerSpec.DatabaseSpec::state)
                    .findFirst();
        }

        private Path share() {
            return ground.folder(spec.share());
        }

        private Path copies() {
            return ground.folder(spec.copyFolder().orElse(spec.share()));
        }
    }
}
