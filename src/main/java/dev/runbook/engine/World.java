package dev.runbook.engine;

import dev.runbook.endpoint.Endpoints;
import dev.runbook.endpoint.Operator;
import dev.runbook.endpoint.Pause;
import java.time.Clock;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * All that a run touches besides its journal.
 *
 * @param endpoints servers, shells, files
 * @param operator who answers
 * @param clock tells the time
 * @param nanos counts on whatever is done to the clock: how long something is waited for goes by this
 * @param pause lets it pass
 * @param random varies pauses
 * @param watcher sees what passes
 * @param control lets somebody end the run
 */
public record World(
        Endpoints endpoints,
        Operator operator,
        Clock clock,
        LongSupplier nanos,
        Pause pause,
        RandomGenerator random,
        Watcher watcher,
        RunControl control) {}
