package dev.runbook.forecast;

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
 * @param left until it is done, as earlier runs tell; empty where there was none, or it is over
 * @param objective within which it should be done, as the runbook says
 */
public record Forecast(Duration elapsed, Optional<Duration> left, Optional<Duration> objective) {
    /**
     * A forecast at a moment.
     *
     * @param steps ids of all steps of the runbook
     * @param objective the runbook's {@code rto}
     */
    public static Forecast of(
            RunState run, List<String> steps, StepTimes times, Optional<Duration> objective, Instant now) {
        Duration elapsed = Duration.between(run.startedAt(), now);
        boolean known = !times.medians().isEmpty() && !run.isOver();
        Duration left = steps.stream()
                .map(id -> left(run.step(id), times.of(id).orElse(Duration.ZERO), now))
                .reduce(Duration.ZERO, Duration::plus);
        return new Forecast(elapsed, known ? Optional.of(left) : Optional.empty(), objective);
    }

    /** How much of the objective remains; negative where it has passed. */
    public Optional<Duration> remaining() {
        return objective.map(whole -> whole.minus(elapsed));
    }

    private static Duration left(StepState step, Duration usual, Instant now) {
        if (step.status().isFinished()) {
            return Duration.ZERO;
        }
        Duration spent = step.begun().map(begun -> Duration.between(begun, now)).orElse(Duration.ZERO);
        Duration left = usual.minus(spent);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
