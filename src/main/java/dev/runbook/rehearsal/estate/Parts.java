package dev.runbook.rehearsal.estate;

import dev.runbook.rehearsal.catalog.H2Catalog;
import dev.runbook.rehearsal.cmdlet.ManagementTools;
import dev.runbook.rehearsal.model.EstateStore;
import dev.runbook.rehearsal.scene.Scene;
import dev.runbook.rehearsal.server.Housekeeping;
import dev.runbook.rehearsal.server.SimulatedServer;
import dev.runbook.rehearsal.shell.RemoteEndpoint;
import dev.runbook.rehearsal.shell.SimulatedShell;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What an estate consists of.
 *
 * @param scene that it was made from
 * @param folders the real ones
 * @param builder makes states from the scene
 * @param store the state
 * @param catalog answers queries
 * @param faults what goes wrong
 * @param network the servers' wires
 * @param shell the management shell
 * @param passwords how a site is told them
 * @param time what happens by itself
 */
record Parts(
        Scene scene,
        Folders folders,
        SceneBuilder builder,
        EstateStore store,
        H2Catalog catalog,
        SceneFaults faults,
        Network network,
        ShellDoor shell,
        Passwords passwords,
        TimePasses time) {
    /** An estate at its start; no server listens yet. */
    static Parts assembled(Scene written, Circumstances around) throws IOException {
        Scene scene = written.withPassword(around.ids().get().toString());
        Folders folders = Folders.make(scene, around.folder());
        SceneBuilder.Ground ground = new SceneBuilder.Ground(
                folders.byName(), around.clock().instant(), around.clock().getZone(), around.ids());
        SceneBuilder builder = new SceneBuilder(scene, ground);
        EstateStore store = new EstateStore(builder.begin());
        H2Catalog catalog = new H2Catalog(around.clock());
        ServerNames names = ServerNames.of(scene);
        SceneFaults faults = SceneFaults.of(scene, names);
        SimulatedServer.Services services = new SimulatedServer.Services(
                store, catalog, faults, new ScenePaces(scene.pace()), around.pause(), around.clock(), around.ids());
        return new Parts(
                scene,
                folders,
                builder,
                store,
                catalog,
                faults,
                Network.of(scene, names, services),
                ShellDoor.open(shell(scene, store, faults, around), around),
                passwords(scene, around),
                time(scene, store, around));
    }

    private static SimulatedShell shell(Scene scene, EstateStore store, SceneFaults faults, Circumstances around) {
        Scene.PaceSpec pace = scene.pace();
        ManagementTools.Timing timing =
                new ManagementTools.Timing(pace.replicationByItself(), pace.replication(), pace.mirroring());
        ManagementTools tools = new ManagementTools(store, around.clock(), around.pause(), around.ids(), timing);
        return new SimulatedShell(tools.modules(), others(scene), faults);
    }

    private static List<RemoteEndpoint> others(Scene scene) {
        return scene.remoteShells().stream()
                .map(remote -> new RemoteEndpoint(remote.place(), remote.ready(), remote.user(), remote.password()))
                .toList();
    }

    private static Passwords passwords(Scene scene, Circumstances around) throws IOException {
        return around.relay().isEmpty() ? new Passwords(Optional.empty()) : Passwords.inFiles(scene, around.folder());
    }

    private static TimePasses time(Scene scene, EstateStore store, Circumstances around) {
        Housekeeping housekeeping =
                new Housekeeping(around.clock(), around.ids(), scene.pace().jobs());
        TimePasses time = new TimePasses(store, housekeeping, new TimePasses.RestingJobs());
        store.snapshot().servers().forEach(time::rest);
        return time;
    }
}
