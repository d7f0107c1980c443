package dev.runbook.rehearsal.cmdlet.pool;

import java.time.Duration;

/**
 * How long the work of the cmdlets takes.
 *
 * @param replication until a replica has new settings by itself
 * @param hastened until it has them once somebody asks for it
 * @param mirroring the set-up of one mirror
 */
public record Timing(Duration replication, Duration hastened, Duration mirroring) {
    /** All at once. */
    public static final Timing AT_ONCE = new Timing(Duration.ZERO, Duration.ZERO, Duration.ZERO);
}
