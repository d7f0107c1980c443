package dev.runbook.language;

import dev.runbook.base.Origin;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
        Optional<Action> action,
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

    /** What a step does, as written. */
    public sealed interface Action {
        /**
         * One batch of T-SQL.
         *
         * @param server a variable of type sql-server
         * @param sql the batch
         */
        record Sql(Name server, Text sql) implements Action {}

        /**
         * A stored procedure; a return code other than 0 is a failure.
         *
         * @param server a variable of type sql-server
         * @param procedure its name, up to three parts
         * @param parameters by name, without {@code @}
         */
        record Procedure(Name server, Name procedure, Written.Fields parameters) implements Action {}

        /**
         * A cmdlet; its parameters are data, never script.
         *
         * @param cmdlet its name
         * @param parameters by name
         * @param shell a variable of type powershell, where there is more than one
         */
        record Cmdlet(Name cmdlet, Written.Fields parameters, Optional<Name> shell) implements Action {}

        /**
         * Copies the files that are missing at the target or differ there.
         *
         * @param from a folder
         * @param to a folder
         * @param include a pattern of names with {@code *} and {@code ?}
         * @param mayBeEmpty whether it is right that there is nothing to copy from
         */
        record CopyFiles(Text from, Text to, Text include, boolean mayBeEmpty) implements Action {}
    }

    /**
     * How often an action is tried. More than one attempt says that running it again does no harm.
     *
     * @param attempts at least 1, the first one included
     * @param delay the pause before the second attempt; 5 s unless said
     * @param backoff factor from one pause to the next; 2 unless said
     * @param maxDelay no pause is longer; 1 m unless said
     * @param jitter share of a pause, from 0 to 1, by which it varies at random; 0 unless said
     * @param on error numbers or ids that are retried besides the transient ones
     */
    public record Retry(
            int attempts, Duration delay, double backoff, Duration maxDelay, double jitter, Set<String> on) {
        /** Pause before the second attempt, where the author names none. */
        public static final Duration DEFAULT_DELAY = Duration.ofSeconds(5);
        /** Factor between pauses, where the author names none. */
        public static final double DEFAULT_BACKOFF = 2;
        /** Longest pause, where the author names none. */
        public static final Duration DEFAULT_MAX_DELAY = Duration.ofMinutes(1);
        /** One attempt. */
        public static final Retry ONCE = times(1);

        /** Copies the set. */
        public Retry {
            on = Set.copyOf(on);
        }

        /** So many attempts, everything else as usual. */
        public static Retry times(int attempts) {
            return new Retry(attempts, DEFAULT_DELAY, DEFAULT_BACKOFF, DEFAULT_MAX_DELAY, 0, Set.of());
        }

        /** Whether running the action again does no harm. */
        public boolean repeatable() {
            return attempts > 1;
        }
    }
}
