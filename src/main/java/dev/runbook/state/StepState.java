package dev.runbook.state;

import dev.runbook.value.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the journal knows of a step.
 *
 * @param status where it stands
 * @param attempts how many began
 * @param started whether an attempt of this run may have changed something that was not taken back
 * @param happened whether an attempt did its work, or nobody will ever know whether it did
 * @param unheard whether an attempt began of which nothing was heard yet
 * @param begun when its turn came for the first time
 * @param sent when its last attempt began
 * @param ended when it came to its present end
 * @param work how long it was worked at since its turn came last
 * @param files of copying: what it set out to add, and with {@code sha256} what it copied whole
 */
public record StepState(
        StepStatus status,
        int attempts,
        boolean started,
        boolean happened,
        boolean unheard,
        Optional<Instant> begun,
        Optional<Instant> sent,
        Optional<Instant> ended,
        WorkTime work,
        List<Row> files) {
    /** Nothing has happened. */
    public static final StepState AHEAD = new StepState(
            StepStatus.AHEAD,
            0,
            false,
            false,
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            WorkTime.NONE,
            List.of());

    /** Copies the list. */
    public StepState {
        files = List.copyOf(files);
    }

    /** This state behind a change that leads there. */
    StepState moved(StepMachine.Change change, StepStatus to, Instant time) {
        boolean attempt = change == StepMachine.Change.ATTEMPT;
        boolean touched = attempt || started && to != StepStatus.UNDONE;
        return new StepState(
                to,
                attempt ? attempts + 1 : attempts,
                touched,
                (happened || attempt && unheard) && to != StepStatus.UNDONE,
                (attempt || unheard) && to != StepStatus.UNDONE,
                change == StepMachine.Change.BEGIN ? begun.or(() -> Optional.of(time)) : begun,
                attempt ? Optional.of(time) : sent,
                to.isEnd() ? Optional.of(time) : Optional.empty(),
                workBy(change, to, time),
                to == StepStatus.UNDONE ? List.of() : files);
    }

    private WorkTime workBy(StepMachine.Change change, StepStatus to, Instant time) {
        WorkTime before = change == StepMachine.Change.BEGIN ? WorkTime.NONE : work;
        return to.isEnd() ? before.resting(time) : before.goingOn(time);
    }

    /** The state once nobody works at the step any more. */
    StepState resting(Instant time) {
        return with(work.resting(time));
    }

    /** The state once somebody works at the step again, if it is not at its end. */
    StepState goingOn(Instant time) {
        return status.isEnd() ? this : with(work.goingOn(time));
    }

    private StepState with(WorkTime time) {
        return new StepState(status, attempts, started, happened, unheard, begun, sent, ended, time, files);
    }

    /** Whether an attempt may have done its work; not where every one was refused with an error. */
    public boolean mayHaveHappened() {
        return happened || unheard;
    }

    /**
     * The state behind an answer.
     *
     * @param refused whether it is an error, so that nothing was done
     */
    StepState heard(boolean refused) {
        return new StepState(status, attempts, started, happened || !refused, false, begun, sent, ended, work, files);
    }

    StepState withFiles(List<Row> chosen) {
        // an earlier attempt may have added some of its files already: they stay on the list
        List<Row> all =
                Stream.concat(files.stream(), chosen.stream()).distinct().toList();
        return new StepState(status, attempts, started, happened, unheard, begun, sent, ended, work, all);
    }

    /**
     * How long a step was worked at: without the time in which a person was asked, or in which nobody worked on the run.
     *
     * @param before up to the last break
     * @param since when it is worked at without a break; empty while it is not
     */
    public record WorkTime(Duration before, Optional<Instant> since) {
        /** Nobody has worked at it yet. */
        public static final WorkTime NONE = new WorkTime(Duration.ZERO, Optional.empty());

        /** How long, at a moment. */
        public Duration until(Instant now) {
            return before.plus(since.map(start -> Duration.between(start, now)).orElse(Duration.ZERO));
        }

        WorkTime goingOn(Instant time) {
            return since.isPresent() ? this : new WorkTime(before, Optional.of(time));
        }

        WorkTime resting(Instant time) {
            return new WorkTime(until(time), Optional.empty());
        }
    }
}
