package dev.runbook.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runbook.console.Refusal;
import dev.runbook.diagnostic.Source;
import dev.runbook.event.Actor;
import dev.runbook.event.RunEvent;
import dev.runbook.event.Work;
import dev.runbook.lint.Linter;
import dev.runbook.model.Runbook;
import dev.runbook.state.RunFold;
import dev.runbook.state.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangedStepsTest {
    private static final String TEXT = """
            runbook: fo
            steps:
              - step: 1
                title: Look
                confirm: Did you look?
              - step: 2
                title: Tell
                confirm: Did you tell?
            """;
    private static final RunState FIRST_DONE = state(
            new RunEvent.StepBegun("1"), new RunEvent.AttemptStarted(Work.of("1"), 1, 1), new RunEvent.StepDone("1"));

    @Test
    void aStepThatIsAheadMayChangeAndIsShownLineByLine() {
        assertThat(between(TEXT.replace("Did you tell?", "Did you tell all?"), FIRST_DONE, false))
                .containsExactly(
                        "step 2 was changed:",
                        "        - step: 2",
                        "          title: Tell",
                        "    -     confirm: Did you tell?",
                        "    +     confirm: Did you tell all?");
    }

    @Test
    void aFinishedStepMayNotUnlessThatIsAccepted() {
        String edited = TEXT.replace("Did you look?", "Have you looked?");

        assertThatThrownBy(() -> between(edited, FIRST_DONE, false))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("+     confirm: Have you looked?")
                .hasMessageContaining("step 1 was changed")
                .hasMessageContaining("--accept-changed");
        assertThat(between(edited, FIRST_DONE, true)).contains("step 1 was changed, and is finished:");
    }

    @Test
    void aStepInDoubtMayNeverChange() {
        RunState doubt = state(new RunEvent.StepBegun("1"), new RunEvent.AttemptStarted(Work.of("1"), 1, 1));

        assertThatThrownBy(() -> between(TEXT.replace("Did you look?", "Have you looked?"), doubt, true))
                .hasMessageContaining("A step in doubt cannot change any more.");
    }

    @Test
    void newStepsAndMissingOnesAreSaid() {
        assertThat(between(TEXT.replace("step: 2", "step: '3'"), FIRST_DONE, false))
                .contains("step 2 was taken out:", "step 3 is new:");
        assertThat(between(TEXT, FIRST_DONE, false)).isEmpty();
    }

    private static List<String> between(String edited, RunState state, boolean accept) {
        return ChangedSteps.between(runbook(TEXT), runbook(edited), state, accept);
    }

    private static Runbook runbook(String text) {
        return new Linter().read(Source.of("fo.yaml", text)).value().orElseThrow();
    }

    private static RunState state(RunEvent... events) {
        Instant now = Instant.parse("2026-11-21T03:12:09Z");
        RunFold fold = new RunFold(
                now,
                new RunEvent.RunStarted(
                        1,
                        "r1",
                        "20261121031209",
                        "fo",
                        "fo.yaml",
                        "00",
                        Map.of(),
                        new Actor("jdoe", "jump1", 42, "1")));
        for (RunEvent event : events) {
            fold.take(now, event);
        }
        return fold.state();
    }
}
