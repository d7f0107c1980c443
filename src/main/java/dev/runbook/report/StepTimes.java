package dev.runbook.report;

import dev.runbook.state.RunState;
import dev.runbook.state.StepState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        boolean finished = step.status().isFinished() && step.course().began().isPresent();
        return finished ? Optional.of(step.work().before()) : Optional.empty();
    }

    /** Of an even number the smaller one in the middle. */
    private static Duration median(List<Duration> times) {
        Collections.sort(times);
        return times.get((times.size() - 1) / 2);
    }
}
