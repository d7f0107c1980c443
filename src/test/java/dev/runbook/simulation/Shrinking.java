package dev.runbook.simulation;

import java.util.Optional;
import java.util.function.Function;

/** Makes a script that breaks an invariant as small as it gets. */
final class Shrinking {
    private Shrinking() {}

    /**
     * The smallest script found that breaks the same invariant first.
     *
     * @param play plays a script
     */
    static Script least(Script script, Function<Script, Simulation.Outcome> play) {
        Optional<Invariants.Invariant> broken = play.apply(script).broken();
        Script least = script;
        for (Optional<Script> next = Optional.of(script); next.isPresent(); next = simpler(least, broken, play)) {
            least = next.get();
        }
        return least;
    }

    private static Optional<Script> simpler(
            Script script, Optional<Invariants.Invariant> broken, Function<Script, Simulation.Outcome> play) {
        return script.simpler()
                .filter(other -> play.apply(other).broken().equals(broken))
                .findFirst();
    }
}
