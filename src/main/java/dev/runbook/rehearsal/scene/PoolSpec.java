package dev.runbook.rehearsal.scene;

import java.util.List;
import java.util.Optional;

/**
 * The Persistent Chat pool as the topology has it.
 *
 * @param fqdn its name
 * @param failedOver whether its state is {@code FailedOver}; else it is {@code Normal}
 * @param active the servers that serve users
 * @param inactive the others
 * @param databases where mgc is
 */
public record PoolSpec(
        String fqdn, boolean failedOver, List<String> active, List<String> inactive, Databases databases) {
    /**
     * The four servers of a database, by their names in the scene.
     *
     * @param primary the one of data centre 1
     * @param mirror its mirror
     * @param backup the one of data centre 2
     * @param backupMirror its mirror
     */
    public record Databases(String primary, Optional<String> mirror, String backup, Optional<String> backupMirror) {}

    /** Copies the lists. */
    public PoolSpec {
        active = List.copyOf(active);
        inactive = List.copyOf(inactive);
    }
}
