package dev.runbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.event.Actor;
import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent;
import dev.runbook.event.Work;
import dev.runbook.state.RunFold;
import dev.runbook.state.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForecastTest {
    private static final Instant START = Instant.parse("2026-11-21T03:12:09Z");
    private static final Actor JDOE = new Actor("jdoe", "jump1", 42, "1");
    private static final List<String> STEPS = List.of("1", "2", "3");

    @Test
    void aStepUsuallyTakesTheMedianOfEarlierRuns() {
        RunPace.StepTimes times = RunPace.StepTimes.of(List.of(run(10, 5), run(3000, 7), run(20, 6)));

        assertThat(times.of("1")).contains(Duration.ofSeconds(20));
        assertThat(times.of("2")).contains(Duration.ofSeconds(6));
        assertThat(times.of("3")).isEmpty();
    }

    @Test
    void whatIsLeftIsTheUsualTimeOfTheStepsAheadAndTheRestOfTheOneUnderWay() {
        RunPace.StepTimes times = new RunPace.StepTimes(
                Map.of("1", Duration.ofSeconds(10), "2", Duration.ofSeconds(60), "3", Duration.ofSeconds(100)));
        RunFold fold = fold();
        finish(fold, "1", START, 10);
        fold.take(START.plusSeconds(10), new RunEvent.StepBegun("2"));

        assertThat(at(fold.state(), times, 30).left()).contains(Duration.ofSeconds(140));
        assertThat(at(fold.state(), times, 30).atLeast()).isFalse();
        // one that takes longer than usual leaves nothing of itself, and nobody knows how much longer it takes
        assertThat(at(fold.state(), times, 500).left()).contains(Duration.ofSeconds(100));
        assertThat(RunPace.of(at(fold.state(), times, 500))).contains("at least 1:40 left");
    }

    @Test
    void aStepThatNeverRanBeforeTakesItsTimeToo() {
        RunPace.StepTimes times =
                new RunPace.StepTimes(Map.of("1", Duration.ofSeconds(10), "2", Duration.ofSeconds(60)));
        RunFold fold = fold();

        assertThat(RunPace.of(at(fold.state(), times, 0))).startsWith("T+0:00, at least 1:10 left");
        finish(fold, "1", START, 10);
        finish(fold, "2", START.plusSeconds(10), 60);
        assertThat(at(fold.state(), times, 70).left()).isEmpty();
    }

    @Test
    void neitherTheTimeToAnswerNorThatBetweenTwoProcessesIsAStepsOwn() {
        RunFold fold = fold();
        fold.take(START, new RunEvent.StepBegun("1"));
        fold.take(START.plusSeconds(5), new RunEvent.QuestionAsked("1"));
        fold.take(START.plusSeconds(400), new RunEvent.NoteTaken("Who knows?", "jdoe"));
        fold.take(START.plusSeconds(505), new RunEvent.Answered("1", "Sure?", "yes", true, "jdoe"));
        fold.take(START.plusSeconds(510), new RunEvent.AttemptStarted(Work.of("1"), 1, 1));
        // cut off
        fold.take(START.plusSeconds(5000), new RunEvent.RunResumed(Optional.empty(), "00", Map.of(), JDOE));
        fold.take(START.plusSeconds(5001), new RunEvent.AttemptStarted(Work.of("1"), 2, 1));
        fold.take(START.plusSeconds(5009), new RunEvent.StepDone("1"));

        assertThat(RunPace.StepTimes.of(List.of(fold.state())).of("1")).contains(Duration.ofSeconds(5 + 5 + 8));
    }

    @Test
    void behindTheEndTheObjectiveIsKeptOrMissed() {
        RunFold over = fold();
        over.take(START, new RunEvent.RunStopped(Ending.DONE, ""));

        assertThat(RunPace.of(at(over.state(), RunPace.StepTimes.NONE, 187)))
                .isEqualTo("T+3:07, RTO 1:00:00 kept, with 56:53 to spare");
        assertThat(RunPace.of(at(over.state(), RunPace.StepTimes.NONE, 3720)))
                .isEqualTo("T+1:02:00, RTO 1:00:00 MISSED by 2:00");
    }

    @Test
    void aRunOnItsWayBackTellsNothingOfTheWayAhead() {
        RunFold fold = fold();
        fold.take(START, new RunEvent.RollbackStarted(List.of(), "jdoe"));

        assertThat(at(fold.state(), new RunPace.StepTimes(Map.of("1", Duration.ofSeconds(10))), 30)
                        .left())
                .isEmpty();
    }

    @Test
    void withoutAnEarlierRunOrBehindTheEndNothingIsTold() {
        RunFold over = fold();
        over.take(START, new RunEvent.RunStopped(Ending.DONE, ""));

        assertThat(at(fold().state(), RunPace.StepTimes.NONE, 30).left()).isEmpty();
        assertThat(at(over.state(), new RunPace.StepTimes(Map.of("1", Duration.ofSeconds(10))), 30)
                        .left())
                .isEmpty();
    }

    @Test
    void theObjectiveRunsDownAndThenIsPassed() {
        RunPace.StepTimes times = new RunPace.StepTimes(
                Map.of("1", Duration.ofSeconds(200), "2", Duration.ofSeconds(110), "3", Duration.ZERO));

        assertThat(RunPace.of(at(fold().state(), times, 187)))
                .isEqualTo("T+3:07, about 5:10 left, RTO 1:00:00: 56:53 left");
        assertThat(RunPace.of(at(fold().state(), RunPace.StepTimes.NONE, 3720)))
                .isEqualTo("T+1:02:00, RTO 1:00:00 PASSED 2:00 ago");
    }

    private static RunPace.Forecast at(RunState state, RunPace.StepTimes times, long seconds) {
        return RunPace.Forecast.of(state, STEPS, times, Optional.of(Duration.ofHours(1)), START.plusSeconds(seconds));
    }

    private static RunState run(long first, long second) {
        RunFold fold = fold();
        finish(fold, "1", START, first);
        finish(fold, "2", START.plusSeconds(first), second);
        fold.take(START.plusSeconds(first + second), new RunEvent.StepBegun("3"));
        return fold.state();
    }

    private static void finish(RunFold fold, String step, Instant begun, long seconds) {
        fold.take(begun, new RunEvent.StepBegun(step));
        fold.take(begun.plusSeconds(seconds), new RunEvent.StepDone(step));
    }

    private static RunFold fold() {
        return new RunFold(
                START, new RunEvent.RunStarted(1, "r1", "20261121031209", "fo", "fo.yaml", "00", Map.of(), JDOE));
    }
}
