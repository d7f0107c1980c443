package dev.runbook.state;

import dev.runbook.base.Row;
import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent;
import dev.runbook.journal.Entry;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the journal knows of a run: the fold of its entries.
 *
 * @param start how it began
 * @param startedAt when it began
 * @param steps by id, those alone that were begun or decided on, in that order
 * @param remembered rows by name
 * @param rollingBack the steps that the run set out to take back; empty where it did not
 * @param rollbackBy who wanted the last rollback; empty where there was none
 * @param lastChange the step that changed something last; empty while none did
 * @param turnedBack when the last step was taken back or tried, or the rollback began; empty where there was none
 * @param ending how the last process left it; empty while one works on it, or was killed
 * @param file name of the runbook's file when the run was last begun or resumed
 * @param digest of the runbook's file as it was when the run was last begun or resumed
 */
public record RunState(
        RunEvent.RunStarted start,
        Instant startedAt,
        Map<String, StepState> steps,
        Map<String, List<Row>> remembered,
        Optional<List<String>> rollingBack,
        Optional<String> rollbackBy,
        Optional<String> lastChange,
        Optional<Instant> turnedBack,
        Optional<Ending> ending,
        String file,
        String digest) {
    /** What stands in a journal as who wants a rollback where a run failed. */
    private static final Set<String> OF_A_FAILED_RUN = Set.of("--on-failure rollback", "the operator", "resumed");

    /** Copies the collections, keeping their order. */
    public RunState {
        steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
        remembered = Collections.unmodifiableMap(new LinkedHashMap<>(remembered));
    }

    /** The state behind these entries, the first of which must be the start of a run. */
    public static RunState of(List<Entry> entries) {
        return RunFold.of(entries).state();
    }

    /** What is known of a step. */
    public StepState step(String id) {
        return steps.getOrDefault(id, StepState.AHEAD);
    }

    /** How many steps it is behind: those that are done, were done already, or are skipped. */
    public long behind() {
        return steps.values().stream()
                .filter(step -> step.status().isFinished())
                .count();
    }

    /** The steps that a person says are done by hand. */
    public List<String> byHand() {
        return ids(StepState::isByHand);
    }

    /** The steps that a person left out. */
    public List<String> skippedByPersons() {
        return ids(StepState::isSkippedByPerson);
    }

    /** The steps of which nobody could find out whether they happened. */
    public List<String> inDoubt() {
        return ids(step -> step.status() == StepStatus.IN_DOUBT);
    }

    /** The steps that a rollback left as they are. */
    public List<String> leftAsTheyAre() {
        return ids(step -> step.status() == StepStatus.LEFT);
    }

    private List<String> ids(Predicate<StepState> wanted) {
        return steps.entrySet().stream()
                .filter(entry -> wanted.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The steps that this run began and did not take back: what they changed, or may have changed, remains. */
    public List<String> changed() {
        return ids(step -> step.started() || step.effect().has(StepState.Mark.LEFT));
    }

    /** Whether the run is over for good. */
    public boolean isOver() {
        return ending.filter(Ending::isOver).isPresent();
    }

    /** Whether somebody asked for the last rollback by a command of its own, so that it is no failure of the run. */
    public boolean isRollbackRequested() {
        return rollbackBy.filter(by -> !OF_A_FAILED_RUN.contains(by)).isPresent();
    }

    /** Whether this run may have changed something that was not taken back, or was left as it is. */
    public boolean hasChanges() {
        return !changed().isEmpty();
    }
}
