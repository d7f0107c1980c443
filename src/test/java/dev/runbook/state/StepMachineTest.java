package dev.runbook.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.event.Actor;
import dev.runbook.event.RunEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StepMachineTest {
    private static final Path PAGE = Path.of("docs/step-states.md");

    @Test
    void everyStateCanBeReachedAndEveryChangeIsUsed() {
        assertThat(RunFold.StepMachine.TRANSITIONS.stream().map(RunFold.StepMachine.Transition::to))
                .contains(StepStatus.values());
        assertThat(RunFold.StepMachine.TRANSITIONS.stream().map(RunFold.StepMachine.Transition::change))
                .contains(RunFold.StepMachine.Change.values());
    }

    @Test
    void aChangeLeadsToOneStateOnly() {
        assertThat(RunFold.StepMachine.TRANSITIONS.stream()
                        .flatMap(way -> way.sent().stream().map(sent -> way.from() + " " + sent + " " + way.change())))
                .doesNotHaveDuplicates();
    }

    @Test
    void whateverMayHaveBeenSentCanBeTakenBackFromWhereverTheStepStands() {
        for (StepState state : StepWalk.reachable()) {
            boolean undone = state.status() == StepStatus.UNDONE || state.status() == StepStatus.LEFT;
            for (RunFold.StepMachine.Change change : List.of(
                    RunFold.StepMachine.Change.UNDO,
                    RunFold.StepMachine.Change.LEAVE,
                    RunFold.StepMachine.Change.UNDO_FAIL)) {
                assertThat(RunFold.StepMachine.next(
                                        state.status(), state.effect().sent(), change)
                                .isPresent())
                        .as(change + " of " + state)
                        .isEqualTo(state.started());
            }
            assertThat(undone && state.started()).as(state.toString()).isFalse();
        }
    }

    @Test
    void whatMayStillBeOpenIsNeverLeftOutFoundDoneBeforeOrFailed() {
        assertThat(RunFold.StepMachine.TRANSITIONS)
                .filteredOn(way -> way.sent().contains(StepState.Sent.OPEN))
                .extracting(RunFold.StepMachine.Transition::to)
                .doesNotContain(StepStatus.SKIPPED, StepStatus.ALREADY_DONE, StepStatus.FAILED, StepStatus.AHEAD);
    }

    @Test
    void theTableNamesOnlyWhatCanBeReached() {
        Set<String> reachable = StepWalk.reachable().stream()
                .map(state -> state.status() + " " + state.effect().sent())
                .collect(Collectors.toSet());

        assertThat(RunFold.StepMachine.TRANSITIONS.stream()
                        .flatMap(way -> way.sent().stream().map(sent -> way.from() + " " + sent))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(reachable);
    }

    @Test
    void whatIsDoneIsNeverStartedAgainByTheRunItself() {
        assertThat(RunFold.StepMachine.TRANSITIONS)
                .filteredOn(way -> way.from().isFinished())
                .extracting(RunFold.StepMachine.Transition::by)
                .containsOnly(RunFold.StepMachine.Who.OPERATOR);
    }

    @Test
    void anEventThatLeadsNowhereIsNotAllowed() {
        RunFold fold = new RunFold(
                Instant.EPOCH,
                new RunEvent.RunStarted(1, "r", "s", "b", "f", "d", Map.of(), new Actor("u", "h", 1, "v")));

        assertThat(fold.allows(new RunEvent.StepDone("1"))).isFalse();
        assertThat(fold.allows(new RunEvent.StepBegun("1"))).isTrue();
    }

    @Test
    void thePageShowsTheMachineAsItIs() throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, page());
        }
        assertThat(PAGE).hasContent(page());
    }

    private static String page() {
        String diagram = RunFold.StepMachine.TRANSITIONS.stream()
                .map(way -> "    " + way.from() + " --> " + way.to() + " : "
                        + way.change().words())
                .distinct()
                .collect(Collectors.joining("\n"));
        String rows = RunFold.StepMachine.TRANSITIONS.stream()
                .map(way -> "| " + words(way.from()) + " | " + sent(way) + " | "
                        + way.change().words() + " | " + words(way.to()) + " | "
                        + way.by().name().toLowerCase(Locale.ROOT) + " |")
                .collect(Collectors.joining("\n"));
        String ends = Arrays.stream(StepStatus.values())
                .filter(StepStatus::isFinished)
                .map(StepMachineTest::words)
                .collect(Collectors.joining(", "));
        return "# The states of a step\n\nWritten by `StepMachineTest` from `StepMachine.TRANSITIONS` "
                + "(`mvn test -Dtest=StepMachineTest -Dgolden.update=true`). What is not here cannot be written to a journal.\n\n"
                + "The run continues after a step that is " + ends
                + ".\n\n`sent before` says what may have been sent when the change happens: `nothing`, `answered` (it is known, or was"
                + " decided by a person, how each attempt ended) or `open` (how an attempt ended is not known).\n\n```mermaid\nstateDiagram-v2\n    [*] --> AHEAD\n"
                + diagram + "\n```\n\n| from | sent before | change | to | by |\n| --- | --- | --- | --- | --- |\n"
                + rows + "\n";
    }

    private static String sent(RunFold.StepMachine.Transition way) {
        return way.sent().stream()
                .sorted()
                .map(sent -> sent.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private static String words(StepStatus status) {
        return status.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
