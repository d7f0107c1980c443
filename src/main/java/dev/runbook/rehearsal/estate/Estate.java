package dev.runbook.rehearsal.estate;

import dev.runbook.rehearsal.cmdlet.pool.ManagementTools;
import dev.runbook.rehearsal.cmdlet.pool.Timing;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.EstateStore;
import dev.runbook.rehearsal.model.Projection;
import dev.runbook.rehearsal.relations.query.H2Catalog;
import dev.runbook.rehearsal.scene.Effect;
import dev.runbook.rehearsal.scene.Scene;
import dev.runbook.rehearsal.scene.Transition;
import dev.runbook.rehearsal.scene.build.Ground;
import dev.runbook.rehearsal.scene.build.SceneBuilder;
import dev.runbook.rehearsal.shell.SimulatedShell;
import dev.runbook.rehearsal.sqlserver.agent.Housekeeping;
import dev.runbook.rehearsal.sqlserver.session.Services;
import dev.runbook.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A simulated estate. It stands from {@link #start} to {@link #close}; whoever connects to it meets what a real one would show.
 * A client that goes away leaves it as it is. Safe for use by several threads.
 */
public final class Estate implements AutoCloseable {
    private final Scene scene;
    private final Folders folders;
    private final SceneBuilder builder;
    private final EstateStore store;
    private final H2Catalog catalog;
    private final Network network;
    private final ShellDoor shell;
    private final RestingJobs resting;
    private final TimePasses time;
    private boolean closed;

    private Estate(Scene scene, Circumstances circumstances) throws IOException {
        this.scene = scene;
        this.folders = Folders.make(scene, circumstances.folder());
        this.builder = new SceneBuilder(
                scene,
                new Ground(
                        folders.byName(),
                        circumstances.clock().instant(),
                        circumstances.clock().getZone(),
                        circumstances.ids()));
        this.store = new EstateStore(builder.begin());
        this.catalog = new H2Catalog(circumstances.clock());
        ServerNames names = ServerNames.of(scene);
        SceneFaults faults = SceneFaults.of(scene, names);
        Services services = new Services(
                store,
                catalog,
                faults,
                new ScenePaces(scene.pace()),
                circumstances.pause(),
                circumstances.clock(),
                circumstances.ids());
        this.network = Network.of(scene, names, services);
        Timing timing = new Timing(
                scene.pace().replicationByItself(),
                scene.pace().replication(),
                scene.pace().mirroring());
        ManagementTools tools =
                new ManagementTools(store, circumstances.clock(), circumstances.pause(), circumstances.ids(), timing);
        this.shell = ShellDoor.open(new SimulatedShell(tools.modules(), faults), circumstances);
        this.resting = new RestingJobs();
        this.time = new TimePasses(
                store,
                new Housekeeping(
                        circumstances.clock(), circumstances.ids(), scene.pace().jobs()),
                resting);
        store.snapshot().servers().forEach(resting::rest);
    }

    /**
     * An estate as the scene describes its start. Its servers listen when this returns.
     *
     * @throws IOException when a folder or a file cannot be made, or no port is free
     */
    public static Estate start(Scene scene, Circumstances circumstances) throws IOException {
        Estate estate = new Estate(scene, circumstances);
        estate.network.follow(estate.store.snapshot());
        return estate;
    }

    /** The scene that it was started from. */
    public Scene scene() {
        return scene;
    }

    /** What the variables of runbooks are here, in the words of a site file. */
    public Map<String, Value> site() {
        return new SiteValues(scene, folders, network::address, shell.program()).all();
    }

    /** The same as the text of a site file. */
    public String siteFile() {
        return SiteText.of("The rehearsal estate \"" + scene.title() + "\", for as long as it stands.", site());
    }

    /** A management shell of one's own, reached in memory; started with these arguments. */
    public SimulatedShell.Ends shell(List<String> arguments) {
        return shell.connect(arguments);
    }

    /**
     * Lets happen what the scene says that people do by hand when a step asks.
     *
     * @param step its id
     * @return what was done, one sentence each; empty when the scene says nothing
     */
    public synchronized List<String> confirmed(String step) {
        List<String> done = new ArrayList<>();
        scene.onConfirm().getOrDefault(step, List.of()).forEach(effect -> done.add(apply(effect)));
        return done;
    }

    /**
     * Lets a transition happen.
     *
     * @param nameOrScene its name, or the scene that it leads to
     * @return its name; empty when the scene has no such transition
     */
    public synchronized Optional<String> transition(String nameOrScene) {
        Optional<Transition> found = scene.transition(nameOrScene);
        found.ifPresent(this::carryOut);
        return found.map(Transition::name);
    }

    /**
     * Lets a server fail or come back, as it is.
     *
     * @param server its name in the scene
     * @return whether there is such a server
     */
    public synchronized boolean up(String server, boolean listening) {
        Optional<String> name = network.name(server);
        name.ifPresent(known -> network.follow(store.update(state -> state.change(known, one -> one.up(listening)))));
        return name.isPresent();
    }

    /** Lets jobs run, mirrors catch up, replicas learn and programs connect again, as far as they are due now. */
    public synchronized void tick() {
        if (!closed) {
            time.tick();
            network.follow(store.snapshot());
        }
    }

    /** The state at this moment. */
    public EstateState state() {
        return store.snapshot();
    }

    /**
     * Stands as it stood at another moment, so that a case forks there instead of starting over. Connections from outside are
     * broken: their programs have no part in that moment. The folders are the caller's matter.
     *
     * @param another a state of this very estate
     */
    public synchronized void become(EstateState another) {
        network.breakConnections();
        network.follow(store.update(unused -> another.withoutClients()));
    }

    /** How everything stands, as a text that is the same for two estates that stand alike. */
    public String projection() {
        return folders.named(Projection.of(store.snapshot()));
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            shell.close();
            network.close();
            catalog.close();
        }
    }

    private void carryOut(Transition transition) {
        transition.changes().servers().forEach(server -> network.restart(server.id()));
        EstateState next = store.update(state -> changed(state, transition));
        transition.changes().servers().stream()
                .flatMap(server -> network.name(server.id()).stream())
                .map(next::server)
                .forEach(resting::rest);
        transition.effects().forEach(this::apply);
        network.follow(next);
    }

    private EstateState changed(EstateState state, Transition transition) {
        try {
            return builder.change(state, transition.changes());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private String apply(Effect effect) {
        try {
            return folders.apply(effect);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
