package dev.runbook.rehearsal.model;

import java.util.UUID;

/**
 * One side of a mirroring session, a row of {@code sys.database_mirroring}.
 *
 * @param session the same on both sides
 * @param role of this side
 * @param state as both sides see it
 * @param partner the server name of the other side, as {@code @@SERVERNAME} tells it
 * @param address the other side's endpoint, {@code TCP://host:port}
 */
public record Mirroring(UUID session, Role role, State state, String partner, String address) {
    /** Who serves. */
    public enum Role {
        /** Serves; the database is online. */
        PRINCIPAL,
        /** Follows; the database is restoring. */
        MIRROR
    }

    /** How the partners stand, with the numbers of {@code mirroring_state}. */
    public enum State {
        /** 0. */
        SUSPENDED,
        /** 1. */
        DISCONNECTED,
        /** 2. */
        SYNCHRONIZING,
        /** 3. */
        PENDING_FAILOVER,
        /** 4. */
        SYNCHRONIZED
    }

    /** In another state. */
    public Mirroring in(State next) {
        return new Mirroring(session, role, next, partner, address);
    }

    /** In another role. */
    public Mirroring as(Role next) {
        return new Mirroring(session, next, state, partner, address);
    }
}
