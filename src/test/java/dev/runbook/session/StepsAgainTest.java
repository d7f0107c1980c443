package dev.runbook.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runbook.base.Source;
import dev.runbook.event.Actor;
import dev.runbook.event.RunEvent;
import dev.runbook.event.Work;
import dev.runbook.language.Runbook;
import dev.runbook.language.RunbookReader;
import dev.runbook.state.RunFold;
import dev.runbook.terminal.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StepsAgainTest {
    private static final Instant NOW = Instant.parse("2026-11-21T03:12:09Z");
    private static final String RUNBOOK = """
        runbook: five
        title: Five steps
        variables:
          server: {type: sql-server, description: a server}
        steps:
          - step: 1
            title: One
            confirm: Sure?
          - step: 2
            title: Two
            confirm: {type: DROP, message: 'Sure?'}
            server: server
            sql: DROP DATABASE a
            retry: 2
            rollback: {impossible: it is gone}
          - step: 3
            title: Three
            confirm: Sure?
          - step: 4
            title: Four
            confirm: Sure?
          - step: 5
            title: Five
            confirm: Sure?
        """;

    private final Runbook runbook =
            new RunbookReader().read(Source.of("four.yaml", RUNBOOK)).value().orElseThrow();
    private final RunFold fold = new RunFold(
            NOW,
            new RunEvent.RunStarted(
                    1,
                    "run",
                    "20261121031209",
                    "four",
                    "four.yaml",
                    "digest",
                    Map.of(),
                    new Actor("jdoe", "dr-jump1", 1, "test")));

    @BeforeEach
    void stopsBehindTheThirdStep() {
        for (String step : List.of("1", "2", "3")) {
            fold.take(NOW, new RunEvent.StepBegun(step));
            if (step.equals("2")) {
                fold.take(NOW, new RunEvent.AttemptStarted(Work.of(step), 1, 1));
                fold.take(NOW, new RunEvent.CameBack(Work.of(step), 1, 1, Optional.empty(), Optional.empty()));
            }
            fold.take(NOW, new RunEvent.StepDone(step));
        }
    }

    @Test
    void takesTheFinishedStepsAlone() {
        assertThat(of(List.of("3"), Optional.empty())).containsExactly("3");
        assertThat(of(List.of(), Optional.of("3"))).containsExactly("3");
        assertThat(of(List.of(), Optional.of("4"))).isEmpty();
    }

    @Test
    void refusesAStepThatIsStillAhead() {
        assertThatThrownBy(() -> of(List.of(), Optional.of("5")))
                .isInstanceOf(Refusal.class)
                .hasMessage("--from goes back, and step 5 is still ahead. The run goes on with step 4 by itself.");
        assertThatThrownBy(() -> of(List.of("5"), Optional.empty()))
                .hasMessage("--again 5: step 5 is not finished. The run goes on with step 4 by itself.");
    }

    @Test
    void goesNoFurtherThanAPointOfNoReturnThatWasPassed() {
        assertThatThrownBy(() -> of(List.of("2"), Optional.empty()))
                .hasMessageContaining("Step 2 cannot be taken back");
        assertThatThrownBy(() -> of(List.of(), Optional.of("1"))).hasMessageContaining("Step 2 cannot be taken back");
    }

    private List<String> of(List<String> again, Optional<String> from) {
        return new StepsAgain(again, from).of(runbook, fold.state());
    }
}
