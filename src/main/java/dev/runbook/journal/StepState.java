package dev.runbook.journal;

import dev.runbook.value.Row;
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
 * @param begun when its turn came for the first time
 * @param ended when it came to its present end
 * @param files of copying: what it set out to add
 */
public record StepState(
        StepStatus status,
        int attempts,
        boolean started,
        Optional<Instant> begun,
        Optional<Instant> ended,
        List<Row> files) {
    /** Nothing has happened. */
    public static final StepState AHEAD =
            new StepState(StepStatus.AHEAD, 0, false, Optional.empty(), Optional.empty(), List.of());

    /** Copies the list. */
    public StepState {
        files = List.copyOf(files);
    }

    StepState begunAt(Instant time) {
        return new StepState(
                StepStatus.BEGUN, attempts, started, begun.or(() -> Optional.of(time)), Optional.empty(), files);
    }

    StepState endedAt(Instant time, StepStatus end) {
        return new StepState(end, attempts, started && end != StepStatus.UNDONE, begun, Optional.of(time), files);
    }

    StepState withAttempt(int number) {
        return new StepState(StepStatus.STARTED, number, true, begun, Optional.empty(), files);
    }

    StepState withStatus(StepStatus now) {
        return new StepState(now, attempts, started, begun, ended, files);
    }

    StepState withFiles(List<Row> chosen) {
        // an earlier attempt may have added some of its files already: they stay on the list
        List<Row> all =
                Stream.concat(files.stream(), chosen.stream()).distinct().toList();
        return new StepState(status, attempts, started, begun, ended, all);
    }
}
