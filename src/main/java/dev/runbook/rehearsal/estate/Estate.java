package dev.runbook.rehearsal.estate;

import dev.runbook.base.Value;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.Projection;
import dev.runbook.rehearsal.scene.Scene;
import dev.runbook.rehearsal.shell.SimulatedShell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A simulated estate. It stands from {@link #start} to {@link #close}; whoever connects to it meets what a real one would show.
 * A client that goes away leaves it as it is. Safe for use by several threads.
 */
public final class Estate implements AutoCloseable {
    private final Parts parts;
    private boolean closed;

    private Estate(Parts parts) {
        this.parts = parts;
    }

    /**
     * An estate as the scene describes its start. Its servers listen when this returns.
     *
     * @throws IOException when a folder or a file cannot be made, or no port is free
     */
    public static Estate start(Scene scene, Circumstances circumstances) throws IOException {
        Parts parts = Parts.assembled(scene, circumstances);
        parts.network().follow(parts.store().snapshot());
        return new Estate(parts);
    }

    /** The scene that it was started from. */
    public Scene scene() {
        return parts.scene();
    }

    /** What the variables of runbooks are here, in the words of a site file. */
    public Map<String, Value> site() {
        return new SiteValues(
                        parts.scene(),
                        parts.folders(),
                        parts.network()::address,
                        parts.shell().program(),
                        parts.passwords())
                .all();
    }

    /** The same as the text of a site file. */
    public String siteFile() {
        return SiteText.of("The rehearsal estate \"" + parts.scene().title() + "\", for as long as it stands.", site());
    }

    /** What belongs to it, and nothing else. */
    public Fence fence() {
        Scene scene = parts.scene();
        Set<String> addresses = scene.everyServer().stream()
                .map(server -> parts.network().address(server.id()))
                .collect(Collectors.toSet());
        return new Fence(
                scene.name(), addresses, Set.copyOf(parts.folders().byName().values()));
    }

    /** A management shell of one's own, reached in memory; started with these arguments. */
    public SimulatedShell.Ends shell(List<String> arguments) {
        return parts.shell().connect(arguments);
    }

    /**
     * Lets happen what the scene says that people do by hand when a step asks.
     *
     * @param step its id
     * @return what was done, one sentence each; empty when the scene says nothing
     */
    public synchronized List<String> confirmed(String step) {
        List<String> done = new ArrayList<>();
        parts.scene().onConfirm().getOrDefault(step, List.of()).forEach(effect -> done.add(apply(effect)));
        return done;
    }

    /**
     * Lets a transition happen.
     *
     * @param nameOrScene its name, or the scene that it leads to
     * @return its name; empty when the scene has no such transition
     */
    public synchronized Optional<String> transition(String nameOrScene) {
        Optional<Scene.Transition> found = parts.scene().transition(nameOrScene);
        found.ifPresent(this::carryOut);
        return found.map(Scene.Transition::name);
    }

    /**
     * Lets a server fail or come back, as it is.
     *
     * @param server its name in the scene
     * @return whether there is such a server
     */
    public synchronized boolean up(String server, boolean listening) {
        Optional<String> name = parts.network().name(server);
        name.ifPresent(known ->
                parts.network().follow(parts.store().update(state -> state.change(known, one -> one.up(listening)))));
        return name.isPresent();
    }

    /** Lets something go wrong from now on, as often as it says. */
    public void arm(Scene.FaultSpec fault) {
        parts.faults().arm(fault);
    }

    /** Lets nothing go wrong any more. */
    public void disarm() {
        parts.faults().disarm();
    }

    /** Whether there was something to go wrong, and all of it went wrong as often as it was to. */
    public boolean struck() {
        return parts.faults().used();
    }

    /** Lets jobs run, mirrors catch up, replicas learn and programs connect again, as far as they are due now. */
    public synchronized void tick() {
        if (!closed) {
            parts.time().tick();
            parts.network().follow(parts.store().snapshot());
        }
    }

    /** The state at this moment. */
    public EstateState state() {
        return parts.store().snapshot();
    }

    /**
     * Stands as it stood at another moment, so that a case forks there instead of starting over. Connections from outside are
     * broken: their programs have no part in that moment. The folders are the caller's matter.
     *
     * @param another a state of this very estate
     */
    public synchronized void become(EstateState another) {
        parts.network().breakConnections();
        parts.network().follow(parts.store().update(unused -> another.withoutClients()));
    }

    /** How everything stands, as a text that is the same for two estates that stand alike. */
    public String projection() {
        return parts.folders().named(Projection.of(parts.store().snapshot()));
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            parts.shell().close();
            parts.network().close();
            parts.catalog().close();
        }
    }

    private void carryOut(Scene.Transition transition) {
        transition.changes().servers().forEach(server -> parts.network().restart(server.id()));
        EstateState next = parts.store().update(state -> changed(state, transition));
        transition.changes().servers().stream()
                .flatMap(server -> parts.network().name(server.id()).stream())
                .map(next::server)
                .forEach(parts.time()::rest);
        transition.effects().forEach(this::apply);
        parts.network().follow(next);
    }

    private EstateState changed(EstateState state, Scene.Transition transition) {
        try {
            return parts.builder().change(state, transition.changes());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private String apply(Scene.Effect effect) {
        try {
            return parts.folders().apply(effect);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
