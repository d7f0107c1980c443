package dev.runbook.report;

import dev.runbook.event.RunEvent;
import dev.runbook.journal.Entry;
import dev.runbook.state.RunFold;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The clocks of a run: how long it takes so far, how long it may still take, what its objective leaves, such as
 * {@code T+3:07, about 5:10 left, RTO 1:00:00: 56:53 left}. Where a step never ran before or takes longer than usual, it is
 * {@code at least 5:10 left}.
 */
public final class RunPace {
    private final List<String> steps;
    private final StepTimes times;
    private final Optional<Duration> objective;
    private Optional<RunFold> fold = Optional.empty();

    /**
     * Clocks of a run without an event yet.
     *
     * @param steps ids of all steps
     * @param times how long they usually take
     * @param objective the runbook's {@code rto}
     */
    public RunPace(List<String> steps, StepTimes times, Optional<Duration> objective) {
        this.steps = List.copyOf(steps);
        this.times = times;
        this.objective = objective;
    }

    /** How the run stands to its objective, for its closing lines; empty where there is none. */
    public Optional<String> objective(Instant now) {
        return fold.flatMap(run -> RunPace.objective(forecast(run, now)));
    }

    public void take(Entry entry) {
        if (entry.event() instanceof RunEvent.RunStarted started) {
            fold = Optional.of(new RunFold(entry.time(), started));
        } else {
            fold.ifPresent(run -> run.take(entry.time(), entry.event()));
        }
    }

    /** The clocks as they stand; none before the run began. */
    public List<String> at(Instant now) {
        return fold.map(run -> RunPace.clocks(forecast(run, now))).orElseGet(List::of);
    }

    private Forecast forecast(RunFold run, Instant now) {
        return Forecast.of(run.state(), steps, times, objective, now);
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
}
