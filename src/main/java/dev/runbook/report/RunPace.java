package dev.runbook.report;

import dev.runbook.event.RunEvent;
import dev.runbook.forecast.Forecast;
import dev.runbook.forecast.StepTimes;
import dev.runbook.journal.Entry;
import dev.runbook.state.RunFold;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The clocks beside a run under way: how long it takes so far, how long it may still take, what its objective leaves. */
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
        return fold.flatMap(run -> ForecastText.objective(forecast(run, now)));
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
        return fold.map(run -> ForecastText.clocks(forecast(run, now))).orElseGet(List::of);
    }

    private Forecast forecast(RunFold run, Instant now) {
        return Forecast.of(run.state(), steps, times, objective, now);
    }
}
