package dev.runbook.simulation;

import static dev.runbook.simulation.OneRun.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.event.Ending;
import dev.runbook.state.StepStatus;
import org.junit.jupiter.api.Test;

/** A run that goes forward again after a rollback that ended at a point of no return: what the rollback left still stands. */
class ForwardAgainTest {
    private static final String FOR_GOOD =
            step("s1", "confirm: {type: FOR GOOD, message: It is for good.}\nrollback: {impossible: gone}");

    @Test
    void whatARollbackLeftIsDoneAndNotSkippedThoughItsOwnEffectMadeItsConditionUntrue() {
        OneRun run = left("when: s2 is off\nrollback: {not-needed: it does no harm}");

        assertThat(run.resume()).isEqualTo(Ending.DONE);
        assertThat(run.status("s2")).isEqualTo(StepStatus.DONE);
        assertThat(run.said()).isEqualTo("Every step is done.");
        assertThat(run.sent()).containsExactly("s1=9", "s2=9");
    }

    @Test
    void whatARollbackLeftIsLeftByTheNextOneToo() {
        OneRun run = left("when: s2 is off\nrollback: {not-needed: it does no harm}");
        run.resume();
        run.answering("ROLL BACK");

        assertThat(run.rollBack()).isEqualTo(Ending.ROLLBACK_INCOMPLETE);
        assertThat(run.status("s2")).isEqualTo(StepStatus.LEFT);
    }

    @Test
    void whatARollbackLeftIsNotSentAgainWithoutAPersonWhereItsAuthorAllowsOneAttempt() {
        OneRun run = left("rollback: {not-needed: it does no harm}");
        run.world.set("s2", SimulatedWorld.OFF);

        assertThat(run.resume()).isEqualTo(Ending.FAILED_CHANGED);
        assertThat(run.sent()).containsExactly("s1=9", "s2=9");
        assertThat(run.questions.get(run.questions.size() - 1).message())
                .contains("This was sent before")
                .contains("a rollback left it as it is");
        run.answering("retry");
        assertThat(run.resume()).isEqualTo(Ending.DONE);
        assertThat(run.sent()).containsExactly("s1=9", "s2=9", "s2=9");
    }

    @Test
    void whatARollbackLeftIsSentAgainWhereItsAuthorSaysThatThisDoesNoHarm() {
        OneRun run = left("retry: 3\nrollback: {not-needed: it does no harm}");
        run.world.set("s2", SimulatedWorld.OFF);

        assertThat(run.resume()).isEqualTo(Ending.DONE);
        assertThat(run.sent()).containsExactly("s1=9", "s2=9", "s2=9");
    }

    /** Two steps are done, the first of them for good; the second is left by a rollback. */
    private static OneRun left(String second) {
        OneRun run = new OneRun(FOR_GOOD + step("s2", second)).answering("FOR GOOD", "ROLL BACK");
        assertThat(run.run()).isEqualTo(Ending.DONE);
        assertThat(run.rollBack()).isEqualTo(Ending.ROLLBACK_INCOMPLETE);
        assertThat(run.status("s2")).isEqualTo(StepStatus.LEFT);
        return run;
    }
}
