package dev.runbook.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runbook.base.Row;
import dev.runbook.base.Source;
import dev.runbook.base.Value;
import dev.runbook.event.Actor;
import dev.runbook.event.RunEvent;
import dev.runbook.event.Trouble;
import dev.runbook.event.Work;
import dev.runbook.language.Runbook;
import dev.runbook.lint.Linter;
import dev.runbook.state.RunFold;
import dev.runbook.state.RunState;
import dev.runbook.terminal.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private static final String WITH_FACTS = """
        runbook: fo
        variables:
          sqlb: {type: sql-server, description: backup server, default: 'sqlb\\RTC'}
        steps:
          - step: 1
            title: Look
            require: it is online
          - step: 2
            title: Wait
            for-each: databases
            server: sqlb
            sql: KILL {{each.session}}
            done-when: it is online
            rollback: {not-needed: It does no harm.}
        facts:
          it is online:
            server: sqlb
            sql: SELECT state_desc FROM sys.databases
            expect: {state_desc: ONLINE}
          databases:
            for-each: ids
            server: sqlb
            sql: SELECT {{each.id}} AS session
          ids:
            server: sqlb
            sql: SELECT id FROM sys.databases
          unused:
            server: sqlb
            sql: SELECT 1 AS id
        """;
    private static final RunState FIRST_DONE = state(
            new RunEvent.StepBegun("1"), new RunEvent.AttemptStarted(Work.of("1"), 1, 1), new RunEvent.StepDone("1"));

    private static final RunState FAILED_HALF_DONE = failed(Optional.empty());
    private static final RunState REFUSED = failed(Optional.of(Trouble.of("3101", "It is in use.")));

    private static RunState failed(Optional<Trouble> answer) {
        return state(
                new RunEvent.StepBegun("1"),
                new RunEvent.AttemptStarted(Work.of("1"), 1, 1),
                new RunEvent.CameBack(Work.of("1"), 1, 1, answer, Optional.empty()),
                new RunEvent.StepFailed("1", Trouble.of("not-done", "It is not so."), true));
    }

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
    void aStepThatFailedAfterItDidSomethingIsHeldLikeAFinishedOne() {
        String edited = TEXT.replace("Did you look?", "Have you looked?");

        assertThatThrownBy(() -> between(edited, FAILED_HALF_DONE, false))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("step 1 was changed");
        assertThat(between(edited, FAILED_HALF_DONE, true)).contains("step 1 was changed:");
    }

    @Test
    void aStepThatWasRefusedAsAWholeMayChange() {
        assertThat(between(TEXT.replace("Did you look?", "Have you looked?"), REFUSED, false))
                .contains("step 1 was changed:");
    }

    @Test
    void aStepThatMayHaveDoneSomethingIsNeverTakenOut() {
        String edited = TEXT.replaceFirst("(?s)  - step: 1.*?(?=  - step: 2)", "");

        assertThatThrownBy(() -> between(edited, FAILED_HALF_DONE, true))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("A step that may have done something stays");
    }

    @Test
    void aStepWhoseCopyingFailedAfterAFileIsNeverTakenOut() {
        Row copied = new Row(Map.of("name", new Value.Text("mgc_1.trn"), "sha256", new Value.Text("ab")));
        RunState oneFile = state(
                new RunEvent.StepBegun("1"),
                new RunEvent.AttemptStarted(Work.of("1"), 1, 1),
                new RunEvent.FilesCopied(Work.of("1"), List.of(copied)),
                new RunEvent.CameBack(
                        Work.of("1"), 1, 1, Optional.of(Trouble.of("disk-full", "It is full.")), Optional.empty()),
                new RunEvent.StepFailed("1", Trouble.of("disk-full", "It is full."), true));
        String edited = TEXT.replaceFirst("(?s)  - step: 1.*?(?=  - step: 2)", "");

        assertThatThrownBy(() -> between(edited, oneFile, true))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("A step that may have done something stays");
    }

    @Test
    void stepsThatBeganKeepTheirOrder() {
        RunState both = state(
                new RunEvent.StepBegun("1"),
                new RunEvent.StepDone("1"),
                new RunEvent.StepBegun("2"),
                new RunEvent.StepDone("2"));
        String edited = TEXT.replaceFirst("(?s)(  - step: 1.*?)(  - step: 2.*)", "$2$1");

        assertThatThrownBy(() -> between(edited, both, true))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(
                        "the order of the steps 1, 2 is now 2, 1. Steps that have begun keep their order.");
        assertThat(between(edited, FIRST_DONE, false)).isEmpty();
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

    @Test
    void aFactIsPartOfTheStepsThatAskIt() {
        String edited = WITH_FACTS.replace("ONLINE", "OFFLINE");

        assertThatThrownBy(() -> between(WITH_FACTS, edited, FIRST_DONE, false))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("fact it is online was changed, asked by steps 1, 2:")
                .hasMessageContaining("-     expect: {state_desc: ONLINE}")
                .hasMessageContaining("+     expect: {state_desc: OFFLINE}")
                .hasMessageContaining("the fact \"it is online\" of step 1 was changed.")
                .hasMessageContaining("--accept-changed");
        assertThat(between(WITH_FACTS, edited, FIRST_DONE, true)).contains("    +     expect: {state_desc: OFFLINE}");
    }

    @Test
    void aFactThatIsAskedThroughAnotherOneCountsToo() {
        String edited = WITH_FACTS.replace("SELECT id FROM", "SELECT 1 AS id FROM");
        RunState doubt = state(new RunEvent.StepBegun("2"), new RunEvent.AttemptStarted(Work.of("2"), 1, 1));

        assertThatThrownBy(() -> between(WITH_FACTS, edited, doubt, false))
                .hasMessageContaining("the fact \"ids\" of step 2 was changed.");
        assertThat(between(WITH_FACTS, edited, FIRST_DONE, false)).contains("fact ids was changed, asked by step 2:");
    }

    @Test
    void aChangedDefaultIsShownWithTheStepsThatUseIt() {
        assertThat(between(WITH_FACTS, WITH_FACTS.replace("'sqlb\\RTC'", "'sqlc\\RTC'"), FIRST_DONE, false))
                .contains("variable sqlb was changed, used by steps 1, 2:");
    }

    @Test
    void aFactThatNoStepAsksMayChange() {
        assertThat(between(WITH_FACTS, WITH_FACTS.replace("SELECT 1", "SELECT 2"), FIRST_DONE, false))
                .contains("fact unused was changed, asked by no step:");
    }

    @Test
    void factsOnOneLineAreToldApart() {
        String text = WITH_FACTS.substring(0, WITH_FACTS.indexOf("facts:"))
                + "facts: {it is online: {server: sqlb, sql: SELECT 1 AS session}, databases: {server: sqlb, sql:"
                + " SELECT 2 AS session}}\n";

        assertThat(between(text, text.replace("SELECT 2", "SELECT 3"), FIRST_DONE, false))
                .filteredOn(line -> line.startsWith("fact"))
                .containsExactly("fact databases was changed, asked by step 2:");
    }

    private static List<String> between(String edited, RunState state, boolean accept) {
        return between(TEXT, edited, state, accept);
    }

    private static List<String> between(String text, String edited, RunState state, boolean accept) {
        return ChangedSteps.between(runbook(text), runbook(edited), state, accept);
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
