package dev.runbook.report.status;

import dev.runbook.forecast.Forecast;
import dev.runbook.report.Elapsed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The clocks of a run, such as {@code T+3:07, about 5:10 left, RTO 1:00:00: 56:53 left}. */
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
        forecast.left().ifPresent(left -> clocks.add("about " + Elapsed.text(left) + " left"));
        forecast.remaining().ifPresent(remaining -> clocks.add(objective(forecast, remaining)));
        return clocks;
    }

    private static String objective(Forecast forecast, Duration remaining) {
        String whole = "RTO " + forecast.objective().map(Elapsed::text).orElse("");
        return remaining.isNegative()
                ? whole + " PASSED " + Elapsed.text(remaining.negated()) + " ago"
                : whole + ": " + Elapsed.text(remaining) + " left";
    }
}
