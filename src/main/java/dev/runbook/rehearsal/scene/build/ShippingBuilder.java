package dev.runbook.rehearsal.scene.build;

import dev.runbook.rehearsal.model.Agent;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.LogShipping;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.scene.LogShippingSpec;
import dev.runbook.rehearsal.scene.Scene;
import java.io.IOException;
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
    private final Ground ground;
    private final LogShippingSpec spec;
    private final ServerBuilder servers;

    ShippingBuilder(Scene scene, Ground ground, LogShippingSpec spec) {
        this.scene = scene;
        this.ground = ground;
        this.spec = spec;
        this.servers = new ServerBuilder(scene, ground);
    }

    /** The state with the log shipping in it. */
    EstateState add(EstateState state) throws IOException {
        EstateState next = state;
        if (spec.files().logBackups() > 0) {
            next = new ShippingPast(scene, ground, spec).play(next);
        }
        if (knownTo(LogShippingSpec.Sides.PRIMARY)) {
            next = next.change(servers.name(spec.primary()), this::primary);
        }
        if (knownTo(LogShippingSpec.Sides.SECONDARY)) {
            next = next.change(servers.name(spec.secondary()), this::secondary);
        }
        return next;
    }

    private boolean knownTo(LogShippingSpec.Sides side) {
        return spec.sides() == LogShippingSpec.Sides.BOTH || spec.sides() == side;
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
}
