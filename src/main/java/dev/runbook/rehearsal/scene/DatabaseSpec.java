package dev.runbook.rehearsal.scene;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A user database.
 *
 * @param name its name
 * @param state how it stands
 * @param family databases of one family are copies of one another; empty for one that was created by itself
 * @param mirror the server, by its name in the scene, that holds its mirror, in step
 * @param tookOver whether that mirror has taken over, so that this side is the mirror now
 * @param tables rows by table
 */
public record DatabaseSpec(
        String name,
        State state,
        Optional<String> family,
        Optional<String> mirror,
        boolean tookOver,
        Map<String, Long> tables) {
    /** How a database stands. */
    public enum State {
        /** In use. */
        ONLINE,
        /** Not readable; a copy that nobody completes, such as one that a removed mirror leaves. */
        RESTORING,
        /** The primary of a log shipping of the scene, in use; what it holds comes from there. */
        SHIPPING,
        /** The secondary of a log shipping of the scene, waiting for log backups. */
        SHIPPED,
        /** As {@link #SHIPPED}, readable while it waits. */
        STANDBY
    }

    /** Copies the map, keeping its order. */
    public DatabaseSpec {
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    }
}
