package dev.runbook.journey;

import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.Pool;
import dev.runbook.rehearsal.model.Server;
import java.util.List;
import java.util.Optional;

/** What becomes of the primary of data centre 1, and of its mirror, while somebody looks at a screen. */
enum OldPrimary {
    /** Nothing. */
    AS_IT_WAS("as it was"),
    /** Both are down. */
    LOST("lost"),
    /** Both answer. */
    BACK("back"),
    /** Both answer, and the mirror has taken over. */
    BACK_AS_MIRROR("back as a mirror"),
    /** Both answer, and let nobody in. */
    NOT_TO_BE_ASKED("not to be asked");

    private static final String MGC = "mgc";

    private final String words;

    OldPrimary(String words) {
        this.words = words;
    }

    /** For people. */
    String words() {
        return words;
    }

    /** The estate with that; empty where it makes no difference, or cannot be. */
    Optional<EstateState> in(EstateState now) {
        Pool.Topology topology = now.pool().topology();
        String primary = topology.primary();
        String mirror = topology.primaryMirror().orElseThrow();
        EstateState changed = switch (this) {
            case AS_IT_WAS -> now;
            case LOST -> up(now, false, primary, mirror);
            case BACK -> up(now, true, primary, mirror);
            case BACK_AS_MIRROR -> swapped(up(now, true, primary, mirror), primary, mirror);
            case NOT_TO_BE_ASKED -> locked(up(now, true, primary, mirror), primary, mirror);
        };
        return Optional.of(changed).filter(state -> !state.equals(now));
    }

    private static EstateState up(EstateState now, boolean listening, String... servers) {
        EstateState changed = now;
        for (String name : servers) {
            changed = changed.change(name, server -> server.up() == listening ? server : server.up(listening));
        }
        return changed;
    }

    private static EstateState locked(EstateState now, String... servers) {
        EstateState changed = now;
        for (String name : servers) {
            changed = changed.change(
                    name,
                    server -> new Server(
                            server.identity(),
                            server.up(),
                            List.of(),
                            server.paths(),
                            server.databases(),
                            server.agent(),
                            server.shipping(),
                            server.history(),
                            server.sessions()));
        }
        return changed;
    }

    private static EstateState swapped(EstateState now, String primary, String mirror) {
        boolean mirrored = now.server(primary)
                .database(MGC)
                .flatMap(Database::mirroring)
                .filter(side -> side.role() == Database.Mirroring.Role.PRINCIPAL)
                .isPresent();
        return mirrored
                ? now.change(primary, server -> server.change(MGC, OldPrimary::follows))
                        .change(mirror, server -> server.change(MGC, OldPrimary::serves))
                : now;
    }

    private static Database follows(Database mgc) {
        return mgc.with(mgc.mirroring().map(side -> side.as(Database.Mirroring.Role.MIRROR)))
                .with(Database.Status.RESTORING);
    }

    private static Database serves(Database mgc) {
        return mgc.with(mgc.mirroring().map(side -> side.as(Database.Mirroring.Role.PRINCIPAL)))
                .with(Database.Status.ONLINE);
    }
}
