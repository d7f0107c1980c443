package dev.runbook.rehearsal.scene;

import java.time.Duration;

/**
 * How long things take.
 *
 * @param restore one RESTORE or BACKUP
 * @param mirroring until a new mirror is in step
 * @param replication until a replica has new settings when it is hastened
 * @param replicationByItself until it has them when nobody hastens it
 * @param jobs between two runs of a job that is enabled and has a schedule
 */
public record PaceSpec(
        Duration restore, Duration mirroring, Duration replication, Duration replicationByItself, Duration jobs) {
    /** Where a scene says nothing: quick enough to watch, slow enough to see. */
    public static final PaceSpec USUAL = new PaceSpec(
            Duration.ofMillis(200),
            Duration.ofMillis(300),
            Duration.ofMillis(500),
            Duration.ofSeconds(5),
            Duration.ofMillis(300));
}
