package dev.runbook.report;

import dev.runbook.event.Ending;
import dev.runbook.state.RunState;
import dev.runbook.state.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How long a run takes so far, and may still take.
 *
 * @param elapsed since it began
 * @param left until it is done, as earlier runs tell; empty where they tell nothing, or the run is over or on its way back
 * @param atLeast whether it takes longer than {@code left}: some step never ran before, or takes longer than usual
 * @param objective within which it should be done, as the runbook says; empty once the run is taken back
 * @param done whether it is done
 */
record Forecast(
        Duration elapsed, Optional<Duration> left, boolean atLeast, Optional<Duration> objective, boolean done) {
    /**
     * A forecast at a moment.
     *
     * @param steps ids of all steps of the runbook
     * @param objective the runbook's {@code rto}
     */
    static Forecast of(RunState run, List<String> steps, StepTimes times, Optional<Duration> objective, Instant now) {
        Duration left = Duration.ZERO;
        boolean atLeast = false;
        for (String id : steps) {
            StepState step = run.step(id);
            if (!step.status().isFinished()) {
                Optional<Duration> rest =
                        times.of(id).map(usual -> usual.minus(step.work().until(now)));
                atLeast |= rest.filter(time -> !time.isNegative()).isEmpty();
                left = left.plus(rest.filter(time -> !time.isNegative()).orElse(Duration.ZERO));
            }
        }
        boolean goesOn = !run.isOver() && run.rollingBack().isEmpty();
        boolean back = run.ending().filter(Ending.ROLLED_BACK::equals).isPresent();
        return new Forecast(
                Duration.between(run.startedAt(), now),
                goesOn && !left.isZero() ? Optional.of(left) : Optional.empty(),
                atLeast,
                back ? Optional.empty() : objective,
                run.ending().filter(Ending.DONE::equals).isPresent());
    }

    /** How much of the objective remains; negative where it has passed. */
    Optional<Duration> remaining() {
        return objective.map(whole -> whole.minus(elapsed));
    }
}
