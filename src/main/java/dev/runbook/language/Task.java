package dev.runbook.language;

import dev.runbook.base.Origin;
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
 * @param within how long {@code doneWhen} is asked, where the author says
 * @param retry how often it is tried
 * @param timeout cuts off what hangs; none unless said
 * @param unsafeToCutOff why it must not be cut off in the middle; empty where that does no harm
 */
public record Task(
        Optional<ActionSpec> action,
        Optional<Name> forEach,
        Map<String, Text> harmlessErrors,
        Condition doneWhen,
        Optional<Period> within,
        Retry retry,
        Optional<Period> timeout,
        Optional<Text> unsafeToCutOff) {
    /** How long {@code done-when} is asked, where the author does not say. */
    public static final Duration DEFAULT_WITHIN = Duration.ofMinutes(1);

    /**
     * A duration as written.
     *
     * @param length how long
     * @param origin where it was written
     */
    public record Period(Duration length, Origin origin) {}

    /** Copies the map, keeping its order. */
    public Task {
        harmlessErrors = Collections.unmodifiableMap(new LinkedHashMap<>(harmlessErrors));
    }

    /** How long {@code doneWhen} is asked before it counts as not true. */
    public Duration patience() {
        return within.map(Period::length).orElse(DEFAULT_WITHIN);
    }
}
