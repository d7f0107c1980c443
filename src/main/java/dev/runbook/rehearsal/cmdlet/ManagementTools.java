package dev.runbook.rehearsal.cmdlet;

import dev.runbook.rehearsal.model.EstateStore;
import dev.runbook.rehearsal.server.Pace;
import dev.runbook.rehearsal.shell.Cmdlet;
import dev.runbook.rehearsal.shell.ShellModule;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The management tools, over one estate.
 *
 * @param store what they look at and change
 * @param clock tells when
 * @param pause lets time pass while they work
 * @param ids draws what must be unique
 * @param timing how long they work
 */
public record ManagementTools(EstateStore store, Clock clock, Pace.Pause pause, Supplier<UUID> ids, Timing timing) {
    /** The modules of both product versions; they bring the same cmdlets. */
    public List<ShellModule> modules() {
        List<Cmdlet> cmdlets = Stream.of(
                        new PoolCmdlets(this).all(), new ServiceCmdlets(store).all(), new MirrorCmdlets(this).all())
                .flatMap(List::stream)
                .toList();
        return List.of(new ShellModule("SkypeForBusiness", cmdlets), new ShellModule("Lync", cmdlets));
    }

    /**
     * How long the work of the cmdlets takes.
     *
     * @param replication until a replica has new settings by itself
     * @param hastened until it has them once somebody asks for it
     * @param mirroring the set-up of one mirror
     */
    public record Timing(Duration replication, Duration hastened, Duration mirroring) {
        /** All at once. */
        public static final Timing AT_ONCE = new Timing(Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }
}
