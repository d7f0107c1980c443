package dev.runbook.report;

import dev.runbook.event.Ending;
import dev.runbook.state.RunState;
import dev.runbook.state.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The clocks of a run: how long it takes so far, how long it may still take, what its objective leaves, such as
 * {@code T+3:07, about 5:10 left, RTO 1:00:00: 56:53 left}. Where a step never ran before or takes longer than usual, it is
 * {@code at least 5:10 left}.
 *
 * @param steps ids of all steps
 * @param times how long they usually take
 * @param objective the runbook's {@code rto}
 */
public record RunPace(List<String> steps, StepTimes times, Optional<Duration> objective) {
    /** Copies the list. */
    public RunPace {
        steps = List.copyOf(steps);
    }

    /** How the run stands to its objective, for its closing lines; empty where there is none. */
    public Optional<String> objective(RunState run, Instant now) {
        return objective(forecast(run, now));
    }

    /** The clocks as they stand. */
    public List<String> at(RunState run, Instant now) {
        return clocks(forecast(run, now));
    }

    private Forecast forecast(RunState run, Instant now) {
        return Forecast.of(run, steps, times, objective, now);
    }

    /** The clocks, with commas. */
    static String of(Forecast forecast) {
        return String.join(", ", clocks(forecast));
    }

    /** The clocks, the most important one first. */
    static List<String> clocks(Forecast forecast) {
        List<String> clocks = new ArrayList<>();
        clocks.add("T+" + Elapsed.text(forecast.elapsed()));
        forecast.left()
                .ifPresent(left ->
                        clocks.add((forecast.atLeast() ? "at least " : "about ") + Elapsed.text(left) + " left"));
        objective(forecast).ifPresent(clocks::add);
        return clocks;
    }

    /** How the run stands to its objective; empty where the runbook has none. */
    static Optional<String> objective(Forecast forecast) {
        return forecast.remaining()
                .map(remaining ->
                        "RTO " + forecast.objective().map(Elapsed::text).orElse("")
                                + (forecast.done() ? atTheEnd(remaining) : onTheWay(remaining)));
    }

    private static String onTheWay(Duration remaining) {
        return remaining.isNegative()
                ? " PASSED " + Elapsed.text(remaining.negated()) + " ago"
                : ": " + Elapsed.text(remaining) + " left";
    }

    private static String atTheEnd(Duration remaining) {
        return remaining.isNegative()
                ? " MISSED by " + Elapsed.text(remaining.negated())
                : " kept, with " + Elapsed.text(remaining) + " to spare";
    }

    /**
     * How long steps usually take: the median over earlier runs, which one night that was waited through does not move.
     *
     * @param medians by step
     */
    public record StepTimes(Map<String, Duration> medians) {
        /** Nothing is known. */
        public static final StepTimes NONE = new StepTimes(Map.of());

        /** Copies the map. */
        public StepTimes {
            medians = Map.copyOf(medians);
        }

        /** Of the steps that were finished in these runs, whether something had to be done or not; without what people took to answer. */
        public static StepTimes of(List<RunState> runs) {
            Map<String, List<Duration>> times = new LinkedHashMap<>();
            runs.forEach(run -> run.steps()
                    .forEach((id, step) -> time(step)
                            .ifPresent(time -> times.computeIfAbsent(id, unused -> new ArrayList<>())
                                    .add(time))));
            Map<String, Duration> medians = new LinkedHashMap<>();
            times.forEach((id, all) -> medians.put(id, median(all)));
            return new StepTimes(medians);
        }

        /** How long the step usually takes; empty where it was never finished. */
        public Optional<Duration> of(String step) {
            return Optional.ofNullable(medians.get(step));
        }

        private static Optional<Duration> time(StepState step) {
            boolean finished =
                    step.status().isFinished() && step.course().began().isPresent();
            return finished ? Optional.of(step.work().before()) : Optional.empty();
        }

        /** Of an even number the smaller one in the middle. */
        private static Duration median(List<Duration> times) {
            Collections.sort(times);
            return times.get((times.size() - 1) / 2);
        }
    }

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
        static Forecast of(
                RunState run, List<String> steps, RunPace.StepTimes times, Optional<Duration> objective, Instant now) {
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
}
