package dev.runbook.rehearsal.estate;

import dev.runbook.base.Value;
import dev.runbook.rehearsal.catalog.H2Catalog;
import dev.runbook.rehearsal.cmdlet.ManagementTools;
import dev.runbook.rehearsal.model.Agent;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.EstateStore;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.scene.Scene;
import dev.runbook.rehearsal.scene.Scene.Effect;
import dev.runbook.rehearsal.scene.Scene.FaultSpec;
import dev.runbook.rehearsal.scene.Scene.PaceSpec;
import dev.runbook.rehearsal.scene.Scene.Transition;
import dev.runbook.rehearsal.server.Housekeeping;
import dev.runbook.rehearsal.server.Pace;
import dev.runbook.rehearsal.server.SimulatedServer.Services;
import dev.runbook.rehearsal.shell.RemoteEndpoint;
import dev.runbook.rehearsal.shell.SimulatedShell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A simulated estate. It stands from {@link #start} to {@link #close}; whoever connects to it meets what a real one would show.
 * A client that goes away leaves it as it is. Safe for use by several threads.
 */
public final class Estate implements AutoCloseable {
    private final Components components;
    private boolean closed;

    private Estate(Components components) {
        this.components = components;
    }

    /**
     * An estate as the scene describes its start. Its servers listen when this returns.
     *
     * @throws IOException when a folder or a file cannot be made, or no port is free
     */
    public static Estate start(Scene scene, EstateConfig circumstances) throws IOException {
        Components components = Components.assembled(scene, circumstances);
        components.network().follow(components.store().snapshot());
        return new Estate(components);
    }

    /** The scene that it was started from. */
    public Scene scene() {
        return components.scene();
    }

    /** What the variables of runbooks are here, in the words of a site file. */
    public Map<String, Value> site() {
        return new SiteValues(
                        components.scene(),
                        components.folders(),
                        components.network()::address,
                        components.shell().program(),
                        components.passwords())
                .all();
    }

    /** The same as the text of a site file. */
    public String siteFile() {
        return SiteValues.SiteText.of(
                "The rehearsal estate \"" + components.scene().title() + "\", for as long as it stands.", site());
    }

    /** What belongs to it, and nothing else. */
    public FencedEndpoints.Fence fence() {
        Scene scene = components.scene();
        Set<String> addresses = scene.everyServer().stream()
                .map(server -> components.network().address(server.id()))
                .collect(Collectors.toSet());
        return new FencedEndpoints.Fence(
                scene.name(),
                addresses,
                Set.copyOf(components.folders().byName().values()));
    }

    /** A management shell of one's own, reached in memory; started with these arguments. */
    public SimulatedShell.Ends shell(List<String> arguments) {
        return components.shell().connect(arguments);
    }

    /**
     * Lets happen what the scene says that people do by hand when a step asks.
     *
     * @param step its id
     * @return what was done, one sentence each; empty when the scene says nothing
     */
    public synchronized List<String> confirmed(String step) {
        List<String> done = new ArrayList<>();
        components.scene().onConfirm().getOrDefault(step, List.of()).forEach(effect -> done.add(apply(effect)));
        return done;
    }

    /**
     * Lets a transition happen.
     *
     * @param nameOrScene its name, or the scene that it leads to
     * @return its name; empty when the scene has no such transition
     */
    public synchronized Optional<String> transition(String nameOrScene) {
        Optional<Transition> found = components.scene().transition(nameOrScene);
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
        Optional<String> name = components.network().name(server);
        name.ifPresent(known -> components
                .network()
                .follow(components.store().update(state -> state.change(known, one -> one.up(listening)))));
        return name.isPresent();
    }

    /** Lets somebody change how it stands, at one go. Connections stay, but those to a server that goes down. */
    public synchronized void change(UnaryOperator<EstateState> change) {
        components.network().follow(components.store().update(change));
    }

    /** Lets something go wrong from now on, as often as it says. */
    public void arm(FaultSpec fault) {
        components.faults().arm(fault);
    }

    /** Lets nothing go wrong any more. */
    public void disarm() {
        components.faults().disarm();
    }

    /** Whether there was something to go wrong, and all of it went wrong as often as it was to. */
    public boolean struck() {
        return components.faults().used();
    }

    /** Lets jobs run, mirrors catch up, replicas learn and programs connect again, as far as they are due now. */
    public synchronized void tick() {
        if (!closed) {
            components.time().tick();
            components.network().follow(components.store().snapshot());
        }
    }

    /** The state at this moment. */
    public EstateState state() {
        return components.store().snapshot();
    }

    /**
     * Stands as it stood at another moment, so that a case forks there instead of starting over. Connections from outside are
     * broken: their programs have no part in that moment. The folders are the caller's matter.
     *
     * @param another a state of this very estate
     */
    public synchronized void become(EstateState another) {
        components.network().breakConnections();
        components.network().follow(components.store().update(unused -> another.withoutClients()));
    }

    /** How everything stands, as a text that is the same for two estates that stand alike. */
    public String projection() {
        return components.folders().named(Projection.of(components.store().snapshot()));
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            components.shell().close();
            components.network().close();
            components.catalog().close();
        }
    }

    private void carryOut(Transition transition) {
        transition.changes().servers().forEach(server -> components.network().restart(server.id()));
        EstateState next = components.store().update(state -> changed(state, transition));
        transition.changes().servers().stream()
                .flatMap(server -> components.network().name(server.id()).stream())
                .map(next::server)
                .forEach(components.time()::rest);
        transition.effects().forEach(this::apply);
        components.network().follow(next);
    }

    private EstateState changed(EstateState state, Transition transition) {
        try {
            return components.builder().change(state, transition.changes());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private String apply(Effect effect) {
        try {
            return components.folders().apply(effect);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * What happens in an estate by itself.
     *
     * @param store whose state grows older
     * @param housekeeping what happens in a moment
     * @param resting jobs that do not run by themselves
     */
    private record BackgroundWork(EstateStore store, Housekeeping housekeeping, RestingJobs resting) {
        /** The jobs that a server has now do not run by themselves. */
        void rest(Server server) {
            resting.rest(server);
        }

        /** Everything that is due now. */
        void tick() {
            store.update(state -> resting.woken(housekeeping.tick(resting.asleep(state)), state));
        }

        /**
         * The jobs that a scene begins with. They run every 15 minutes, and the scene lies between two of their runs; so they run only
         * when somebody starts them. Jobs that get made during the rehearsal run as quickly as the scene says.
         */
        static final class RestingJobs {
            private final Set<UUID> ids = ConcurrentHashMap.newKeySet();

            /** Lets all jobs rest that a server has. */
            void rest(Server server) {
                server.agent().jobs().forEach(job -> ids.add(job.id()));
            }

            /** A state in which no resting job is enabled. One that runs keeps running. */
            EstateState asleep(EstateState state) {
                return changed(state, job -> job.running() ? job : job.enabled(false));
            }

            /** A later state in which the resting jobs are as they were before. */
            EstateState woken(EstateState later, EstateState before) {
                EstateState next = later;
                for (Server server : before.servers()) {
                    for (Agent.Job job : server.agent().jobs()) {
                        if (ids.contains(job.id())) {
                            next = change(next, server, job.id(), now -> now.enabled(job.enabled()));
                        }
                    }
                }
                return next;
            }

            private EstateState changed(EstateState state, UnaryOperator<Agent.Job> change) {
                EstateState next = state;
                for (Server server : state.servers()) {
                    for (Agent.Job job : server.agent().jobs()) {
                        next = ids.contains(job.id()) ? change(next, server, job.id(), change) : next;
                    }
                }
                return next;
            }

            private static EstateState change(
                    EstateState state, Server server, UUID job, UnaryOperator<Agent.Job> change) {
                return state.change(server.name(), one -> one.with(one.agent().change(job, change)));
            }
        }
    }

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
    private record Components(
            Scene scene,
            Folders folders,
            SceneBuilder builder,
            EstateStore store,
            H2Catalog catalog,
            SceneFaults faults,
            Network network,
            ShellDoor shell,
            SiteValues.Passwords passwords,
            BackgroundWork time) {
        /** So many steps of a backup or restore that a person sees progress, and a client that stops is noticed soon. */
        private static final int STEPS = 10;

        /** An estate at its start; no server listens yet. */
        static Components assembled(Scene written, EstateConfig around) throws IOException {
            Scene scene = written.withPassword(around.ids().get().toString());
            Folders folders = Folders.make(scene, around.folder());
            SceneBuilder builder = new SceneBuilder(scene, folders, around.clock(), around.ids());
            EstateStore store = new EstateStore(builder.begin());
            H2Catalog catalog = new H2Catalog(around.clock());
            SceneFaults faults = SceneFaults.of(scene);
            Pace pace = new Pace(scene.pace().restore(), STEPS);
            Services services = new Services(
                    store,
                    catalog,
                    faults,
                    (server, command) -> pace,
                    around.pause(),
                    around.clock(),
                    around.ids(),
                    (server, name) -> scene.procedure(name));
            return new Components(
                    scene,
                    folders,
                    builder,
                    store,
                    catalog,
                    faults,
                    Network.of(scene, services),
                    ShellDoor.open(shell(scene, store, faults, around), around),
                    passwords(scene, around),
                    time(scene, store, around));
        }

        private static SimulatedShell shell(Scene scene, EstateStore store, SceneFaults faults, EstateConfig around) {
            PaceSpec pace = scene.pace();
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

        private static SiteValues.Passwords passwords(Scene scene, EstateConfig around) throws IOException {
            return around.relay().isEmpty()
                    ? new SiteValues.Passwords(Optional.empty())
                    : SiteValues.Passwords.inFiles(scene, around.folder());
        }

        private static BackgroundWork time(Scene scene, EstateStore store, EstateConfig around) {
            Housekeeping housekeeping =
                    new Housekeeping(around.clock(), around.ids(), scene.pace().jobs());
            BackgroundWork time = new BackgroundWork(store, housekeeping, new BackgroundWork.RestingJobs());
            store.snapshot().servers().forEach(time::rest);
            return time;
        }
    }
}
