package dev.runbook.rehearsal.estate;

import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.EstateStore;
import dev.runbook.rehearsal.scene.PaceSpec;
import dev.runbook.rehearsal.sqlserver.statement.Mirrorings;
import java.time.Clock;
import java.time.Instant;

/** What happens in an estate by itself. Used by one thread at a time. */
final class TimePasses {
    private final EstateStore store;
    private final PaceSpec pace;
    private final Clock clock;
    private Instant caughtUp;

    TimePasses(EstateStore store, PaceSpec pace, Surroundings surroundings) {
        this.store = store;
        this.pace = pace;
        this.clock = surroundings.clock();
        this.caughtUp = clock.instant();
    }

    /** Everything that is due now. */
    void tick() {
        Instant now = clock.instant();
        boolean mirrors = !now.isBefore(caughtUp.plus(pace.mirroring()));
        caughtUp = mirrors ? now : caughtUp;
        store.update(state -> later(state, now, mirrors));
    }

    private EstateState later(EstateState state, Instant now, boolean mirrors) {
        EstateState followed = Mirrorings.follow(mirrors ? Mirrorings.caughtUp(state) : state);
        EstateState replicated = followed.with(followed.pool().replicated(now));
        return ChatServers.connected(replicated, clock);
    }
}
