package dev.runbook.rehearsal.cmdlet.pool;

import dev.runbook.rehearsal.cmdlet.Cmdlet;
import dev.runbook.rehearsal.cmdlet.ShellModule;
import dev.runbook.rehearsal.cmdlet.mirror.GetMirrorState;
import dev.runbook.rehearsal.cmdlet.mirror.InstallMirror;
import dev.runbook.rehearsal.cmdlet.mirror.UninstallMirror;
import dev.runbook.rehearsal.model.EstateStore;
import dev.runbook.rehearsal.sqlserver.Pace;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

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
        List<Cmdlet> cmdlets = List.of(
                new GetService(store),
                new GetPool(store),
                new GetChatState(store),
                new SetChatState(this),
                new SetActiveServers(this),
                new GetReplicationStatus(store, clock),
                new InvokeReplication(this),
                new GetWindowsService(store),
                new SwitchWindowsService(this, true),
                new SwitchWindowsService(this, false),
                new InstallMirror(store, pause, ids, timing.mirroring()),
                new UninstallMirror(store),
                new GetMirrorState(store));
        return List.of(new ShellModule("SkypeForBusiness", cmdlets), new ShellModule("Lync", cmdlets));
    }
}
