package dev.runbook.rehearsal.scene;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A computer that runs services of the pool and holds a replica of the configuration.
 *
 * @param fqdn its name
 * @param running whether it answers; the replica of one that does not is never up to date
 * @param services by name, whether it runs
 */
public record ComputerSpec(String fqdn, boolean running, Map<String, Boolean> services) {
    /** Copies the map, keeping its order. */
    public ComputerSpec {
        services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
    }
}
