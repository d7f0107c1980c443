package dev.runbook.report;

import dev.runbook.forecast.Forecast;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The clocks of a run, such as {@code T+3:07, about 5:10 left, RTO 1:00:00: 56:53 left}. Where a step never ran before or takes
 * longer than usual, it is {@code at least 5:10 left}.
 */
public final class ForecastText {
    private ForecastText() {}

    /** The clocks, with commas. */
    public static String of(Forecast forecast) {
        return String.join(", ", clocks(forecast));
    }

    /** The clocks, the most important one first. */
    public static List<String> clocks(Forecast forecast) {
        List<String> clocks = new ArrayList<>();
        clocks.add("T+" + Elapsed.text(forecast.elapsed()));
        forecast.left()
                .ifPresent(left ->
                        clocks.add((forecast.atLeast() ? "at least " : "about ") + Elapsed.text(left) + " left"));
        objective(forecast).ifPresent(clocks::add);
        return clocks;
    }

    /** How the run stands to its objective; empty where the runbook has none. */
    public static Optional<String> objective(Forecast forecast) {
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
