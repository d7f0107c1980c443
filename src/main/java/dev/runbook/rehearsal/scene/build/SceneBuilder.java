package dev.runbook.rehearsal.scene.build;

import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.Pool;
import dev.runbook.rehearsal.scene.DatabaseSpec;
import dev.runbook.rehearsal.scene.LogShippingSpec;
import dev.runbook.rehearsal.scene.Scene;
import dev.runbook.rehearsal.scene.ServerSpec;
import dev.runbook.rehearsal.scene.Setting;
import dev.runbook.rehearsal.sqlserver.statement.Mirrorings;
import java.io.IOException;
import java.util.List;

/** Makes states from a scene, and the files that belong to them. */
public final class SceneBuilder {
    private final Scene scene;
    private final Ground ground;
    private final ServerBuilder servers;

    /**
     * A builder for one estate.
     *
     * @param ground its folders exist and are empty
     */
    public SceneBuilder(Scene scene, Ground ground) {
        this.scene = scene;
        this.ground = ground;
        this.servers = new ServerBuilder(scene, ground);
    }

    /**
     * The state at the start.
     *
     * @throws IOException when a file of it cannot be written
     */
    public EstateState begin() throws IOException {
        Pool pool = new PoolBuilder(scene).pool(scene.setting());
        return changed(new EstateState(List.of(), pool), scene.setting());
    }

    /**
     * A state after a transition: its servers are made anew, its computers changed, everything else stays.
     *
     * @throws IOException when a file of it cannot be written
     */
    public EstateState change(EstateState state, Setting changes) throws IOException {
        Pool pool = new PoolBuilder(scene).changed(state.pool(), changes);
        return changed(state.with(pool), changes);
    }

    private EstateState changed(EstateState state, Setting setting) throws IOException {
        EstateState next = state;
        for (ServerSpec server : setting.servers()) {
            next = next.with(servers.server(server));
        }
        for (LogShippingSpec shipping : setting.logShipping()) {
            next = new ShippingBuilder(scene, ground, shipping).add(next);
        }
        for (ServerSpec server : setting.servers()) {
            next = finished(next, server);
        }
        return next;
    }

    private EstateState finished(EstateState state, ServerSpec server) {
        EstateState next = state;
        for (DatabaseSpec database : server.databases()) {
            if (database.mirror().isPresent()) {
                String partner = servers.name(database.mirror().get());
                next = mirrored(next, servers.name(server.id()), partner, database.name());
                next = database.tookOver()
                        ? Mirrorings.failover(next, servers.name(server.id()), database.name())
                        : next;
            }
        }
        return next.change(servers.name(server.id()), built -> built.up(server.running()));
    }

    /** A mirror that is in step from the first moment. */
    private EstateState mirrored(EstateState state, String principal, String partner, String database) {
        EstateState established = Mirrorings.establish(
                state, principal, partner, database, ground.ids().get());
        return Mirrorings.caughtUp(established);
    }
}
