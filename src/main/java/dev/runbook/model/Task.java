package dev.runbook.model;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An action, how often it is tried, and how to see that it is done. A step has one, and every action of a rollback is one.
 *
 * @param action what is done; a step may have none
 * @param forEach a fact or a list variable: the action once for each of its rows
 * @param harmlessErrors error numbers or ids that mean that it was already so, each with a reason
 * @param doneWhen shows that it is done
 * @param within how long {@code doneWhen} is asked; 1 m unless said
 * @param retry how often it is tried
 * @param timeout cuts off what hangs; none unless said
 */
public record Task(
        Optional<ActionSpec> action,
        Optional<Name> forEach,
        Map<String, Text> harmlessErrors,
        Condition doneWhen,
        Duration within,
        Retry retry,
        Optional<Duration> timeout) {
    /** How long {@code done-when} is asked, where the author does not say. */
    public static final Duration DEFAULT_WITHIN = Duration.ofMinutes(1);

    /** Copies the map, keeping its order. */
    public Task {
        harmlessErrors = Collections.unmodifiableMap(new LinkedHashMap<>(harmlessErrors));
    }
}
