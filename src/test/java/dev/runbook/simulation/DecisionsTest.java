package dev.runbook.simulation;

import static dev.runbook.simulation.OneRun.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.endpoint.Question;
import dev.runbook.engine.Engine;
import dev.runbook.event.Decision;
import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent;
import dev.runbook.simulation.Script.What;
import dev.runbook.state.StepStatus;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What follows from each word that an operator may type at a step that failed, that is in doubt, or that cannot be taken back. */
class DecisionsTest {
    private static final String TWO = step("s1", "") + step("s2", "");

    @Test
    void retryRunsTheFailedStepOnceMore() {
        OneRun run = refused().answering("retry");

        assertThat(run.run()).isEqualTo(Ending.DONE);
        assertThat(run.sent()).containsExactly("s1=9", "s2=9", "s2=9");
        assertThat(run.decided()).containsExactly("s2 RETRY by jdoe at the terminal");
        assertThat(run.status("s2")).isEqualTo(StepStatus.DONE);
    }

    @Test
    void aFailedStepOffersEveryWord() {
        OneRun run = refused();

        assertThat(run.run()).isEqualTo(Ending.FAILED_CHANGED);
        assertThat(run.choices()).containsExactly("pause", "retry", "change", "done", "skip", "back");
        assertThat(run.questions.get(0).kind()).isEqualTo(Question.Kind.FAILURE);
        assertThat(run.questions.get(0).subject()).isEqualTo("s2");
        assertThat(run.questions.get(0).message()).contains("Refused.");
        assertThat(run.said()).contains("s2").contains("changes of this run remain");
    }

    @Test
    void aStepInDoubtCanNeitherBeSkippedNorHaveItsValuesChanged() {
        OneRun run = doubtful();

        assertThat(run.run()).isEqualTo(Ending.IN_DOUBT);
        assertThat(run.choices()).containsExactly("pause", "retry", "done", "back");
        assertThat(run.questions.get(0).kind()).isEqualTo(Question.Kind.DOUBT);
        assertThat(run.said()).contains("s2").contains("--decide s2=retry").contains("It cannot be skipped.");
    }

    @Test
    void pauseStopsAtAFailedStepWithNothingMoreSent() {
        OneRun run = refused().answering("pause");

        assertThat(run.run()).isEqualTo(Ending.PAUSED);
        assertThat(run.sent()).containsExactly("s1=9", "s2=9");
        assertThat(run.decided()).containsExactly("s2 PAUSE by jdoe at the terminal");
        assertThat(run.said()).startsWith("Paused at step s2").contains("Refused.");
        assertThat(run.resume()).isEqualTo(Ending.DONE);
    }

    @Test
    void pauseAtAStepInDoubtLeavesItInDoubt() {
        OneRun run = doubtful().answering("pause");

        assertThat(run.run()).isEqualTo(Ending.IN_DOUBT);
        assertThat(run.status("s2")).isEqualTo(StepStatus.IN_DOUBT);
    }

    @Test
    void skipLeavesTheStepOutAndTheRunGoesOn() {
        OneRun run = refused(TWO + step("s3", "")).answering("skip it is late");

        assertThat(run.run()).isEqualTo(Ending.DONE);
        assertThat(run.status("s2")).isEqualTo(StepStatus.SKIPPED);
        assertThat(run.status("s3")).isEqualTo(StepStatus.DONE);
        assertThat(run.decided()).containsExactly("s2 SKIP it is late by jdoe at the terminal");
        assertThat(run.said()).contains("s2");
        assertThat(run.world.state("s2")).isEqualTo(SimulatedWorld.OFF);
    }

    @Test
    void doneCountsAFailedStepWhenItsFactHolds() {
        OneRun run = refused().answering("done I typed it");
        run.world.whenAsked(() -> run.world.set("s2", SimulatedWorld.ON));

        assertThat(run.run()).isEqualTo(Ending.DONE);
        assertThat(run.sent()).containsExactly("s1=9", "s2=9");
        assertThat(run.status("s2")).isEqualTo(StepStatus.DONE);
        assertThat(run.decided()).containsExactly("s2 DONE_BY_HAND I typed it by jdoe at the terminal");
    }

    @Test
    void doneOfAFailedStepWhoseFactSaysNoAsksAgain() {
        OneRun run = refused().answering("done I typed it", "pause");

        assertThat(run.run()).isEqualTo(Ending.PAUSED);
        assertThat(run.questions).hasSize(2);
        assertThat(run.questions.get(1).message()).contains("s2 is on").contains("state: found 2, wanted 9");
        assertThat(run.status("s2")).isNotEqualTo(StepStatus.DONE);
    }

    @Test
    void backShowsTheListFirstAndTakesBackWhatWasStarted() {
        OneRun run = refused().answering("back", "go");

        assertThat(run.run()).isEqualTo(Ending.ROLLED_BACK);
        assertThat(run.questions.get(1).message())
                .contains("To be taken back, last first:")
                .contains("s1");
        assertThat(run.world.state("s1")).isEqualTo(SimulatedWorld.OFF);
        assertThat(run.status("s1")).isEqualTo(StepStatus.UNDONE);
        assertThat(run.decided()).contains("s2 ROLL_BACK by jdoe at the terminal");
    }

    @Test
    void noAfterBackLeadsToTheChoicesAgainAndTouchesNothing() {
        OneRun run = refused().answering("back", "no", "pause");

        assertThat(run.run()).isEqualTo(Ending.PAUSED);
        assertThat(run.questions).hasSize(3);
        assertThat(run.questions.get(2).choices())
                .isEqualTo(run.questions.get(0).choices());
        assertThat(run.sent()).containsExactly("s1=9", "s2=9");
        assertThat(run.all(RunEvent.RollbackStarted.class)).isEmpty();
    }

    @Test
    void backWhereNothingWasStartedSaysSoAndAsksAgain() {
        OneRun run = new OneRun(step("s1", "require: w2 is off")).answering("back", "pause");

        assertThat(run.run()).isEqualTo(Ending.PAUSED);
        assertThat(run.questions.get(1).message()).contains("There is nothing to take back");
    }

    @Test
    void changeToTheSameValueIsRefused() {
        OneRun run = new OneRun(step("s1", "").replace("state = 9", "state = {{goal}}")).answering("change goal=9");
        run.world.next(What.REFUSED);

        assertThat(run.run()).isNotEqualTo(Ending.DONE);
        assertThat(run.questions.get(1).message()).contains("goal").contains("already");
    }

    @Test
    void changeGivesAnotherValueAndTriesAgainUntilTheStepMayHaveUsedIt() {
        OneRun run = new OneRun(step("s1", "").replace("state = 9", "state = {{goal}}"))
                .answering("change goal=8", "change goal=9");
        run.world.next(What.REFUSED);

        assertThat(run.run()).isEqualTo(Ending.FAILED_CHANGED);
        assertThat(run.sent()).containsExactly("s1=9", "s1=8");
        assertThat(run.all(RunEvent.VariableChanged.class)).hasSize(1);
        assertThat(run.decided()).contains("s1 CHANGE by jdoe at the terminal");
        assertThat(run.questions.get(2).message()).contains("Step s1 has used goal");
    }

    @Test
    void aChangeThatIsRefusedIsOneLineAndTheQuestionStandsAgain() {
        OneRun run = refused().answering("change nothing=3", "pause");

        assertThat(run.run()).isEqualTo(Ending.PAUSED);
        assertThat(run.questions.get(1).message()).contains("There is no variable \"nothing\".");
        assertThat(run.decided()).containsExactly("s2 PAUSE by jdoe at the terminal");
    }

    @Test
    void retryOfAStepInDoubtSendsItAgain() {
        OneRun run = doubtful().answering("retry");

        assertThat(run.run()).isEqualTo(Ending.DONE);
        assertThat(run.sent()).containsExactly("s1=9", "s2=9", "s2=9");
    }

    @Test
    void aDecisionThatWasGivenBeforehandIsUsedOnce() {
        OneRun run = new OneRun(TWO);
        run.world.next(What.REFUSED);
        run.world.next(What.REFUSED);

        run.run(Engine.OnFailure.STOP, Map.of("s1", new Engine.PriorDecision(Decision.RETRY, "")));

        assertThat(run.decided()).containsExactly("s1 RETRY by --decide");
        assertThat(run.questions).hasSize(1);
        assertThat(run.said()).startsWith("Failed at step s1");
    }

    @Test
    void aSkipThatWasGivenBeforehandIsNotUsedForAStepInDoubt() {
        OneRun run = doubtful();

        assertThat(run.run(Engine.OnFailure.STOP, Map.of("s2", new Engine.PriorDecision(Decision.SKIP, "late"))))
                .isEqualTo(Ending.IN_DOUBT);
        assertThat(run.decided()).isEmpty();
        assertThat(run.questions).hasSize(1);
    }

    @Test
    void whereNobodyDecidesAFailureMayTakeTheRunBack() {
        OneRun run = refused();

        assertThat(run.run(Engine.OnFailure.ROLLBACK, Map.of())).isEqualTo(Ending.ROLLED_BACK);
        assertThat(run.world.state("s1")).isEqualTo(SimulatedWorld.OFF);
        assertThat(run.all(RunEvent.RollbackStarted.class).get(0).by()).isEqualTo("--on-failure rollback");
    }

    @Test
    void doubtIsNeverTakenBackByItself() {
        OneRun run = doubtful();

        assertThat(run.run(Engine.OnFailure.ROLLBACK, Map.of())).isEqualTo(Ending.IN_DOUBT);
        assertThat(run.all(RunEvent.RollbackStarted.class)).isEmpty();
    }

    @Test
    void aRollbackThatFailsOffersToTryAgain() {
        OneRun run = new OneRun(TWO);
        assertThat(run.run()).isEqualTo(Ending.DONE);
        run.world.next(What.REFUSED);
        run.answering("retry");

        assertThat(run.rollBack()).isEqualTo(Ending.ROLLED_BACK);
        assertThat(run.choices()).containsExactly("pause", "retry", "done");
        assertThat(run.status("s1")).isEqualTo(StepStatus.UNDONE);
        assertThat(run.world.state("s2")).isEqualTo(SimulatedWorld.OFF);
    }

    @Test
    void aRollbackThatFailsAndIsPausedTouchesNothingBefore() {
        OneRun run = new OneRun(TWO);
        run.run();
        run.world.next(What.REFUSED);
        run.answering("pause");

        assertThat(run.rollBack()).isEqualTo(Ending.ROLLBACK_INCOMPLETE);
        assertThat(run.said()).contains("s2").contains("s1").contains("nothing before it was touched");
        assertThat(run.world.state("s1")).isEqualTo(SimulatedWorld.ON);
        assertThat(run.status("s2")).isEqualTo(StepStatus.UNDO_FAILED);
        assertThat(run.rollBack()).isEqualTo(Ending.ROLLED_BACK);
    }

    @Test
    void whatWasTakenBackByHandCountsAndNothingIsSentForIt() {
        OneRun run = new OneRun(TWO);
        run.run();
        run.world.next(What.REFUSED);
        run.answering("done set back by Ann");

        assertThat(run.rollBack()).isEqualTo(Ending.ROLLED_BACK);
        assertThat(run.sent()).containsExactly("s1=9", "s2=9", "s2=2", "s1=2");
    }

    @Test
    void whatHasToBeTakenBackByHandIsAskedAbout() {
        OneRun run = new OneRun(step("s1", "") + step("s2", "rollback: {by-hand: Call Ann.}"));
        run.run();
        run.answering("later");

        assertThat(run.rollBack()).isEqualTo(Ending.ROLLBACK_INCOMPLETE);
        assertThat(run.questions.get(0).kind()).isEqualTo(Question.Kind.BY_HAND);
        assertThat(run.questions.get(0).message()).contains("Take back by hand: Call Ann.");
        assertThat(run.world.state("s1")).isEqualTo(SimulatedWorld.ON);
        run.answering("done");
        assertThat(run.rollBack()).isEqualTo(Ending.ROLLED_BACK);
        assertThat(run.world.state("s1")).isEqualTo(SimulatedWorld.OFF);
    }

    @Test
    void aRollbackNamesAtItsEndTheCopiesThatItLeft() {
        OneRun run = new OneRun("""
              - step: s1
                title: Copy
                copy-files: {from: '{{source}}', to: '{{target}}', include: 's1_*.trn'}
            """);
        run.world.backups("s1");
        run.world.put("/target/s1_1.trn", "stood there before");
        assertThat(run.run()).isEqualTo(Ending.DONE);

        assertThat(run.rollBack()).isEqualTo(Ending.ROLLED_BACK);
        assertThat(run.said())
                .startsWith("All that this run started is taken back.")
                .contains("Step s1: ")
                .contains("stood there before in another form, so left as it is: /target/s1_1.trn");
    }

    @Test
    void aDecisionGivenWithTheRollbackSparesTheQuestion() {
        OneRun run = new OneRun(step("s1", "") + step("s2", "rollback: {by-hand: Call Ann.}"));
        run.run();

        assertThat(run.rollBack(Map.of("s2", new Engine.PriorDecision(Decision.DONE_BY_HAND, "called"))))
                .isEqualTo(Ending.ROLLED_BACK);
        assertThat(run.questions).isEmpty();
        assertThat(run.decided()).containsExactly("s2 DONE_BY_HAND called by --decide");
    }

    @Test
    void aRunThatIsAskedToStopStopsBehindTheStep() {
        OneRun run = new OneRun(TWO);
        run.world.next(What.STOP);

        assertThat(run.run()).isEqualTo(Ending.INTERRUPTED);
        assertThat(run.sent()).containsExactly("s1=9");
        assertThat(run.status("s1")).isEqualTo(StepStatus.DONE);
        assertThat(run.said()).contains("s1");
    }

    @Test
    void aPointOfNoReturnWasPassedAndTheRollbackStopsThere() {
        OneRun run = new OneRun(step("s1", "")
                        + step(
                                "s2",
                                "confirm: {type: FOR GOOD, message: It is for good.}\nrollback: {impossible: gone}")
                        + step("s3", ""))
                .answering("FOR GOOD");
        assertThat(run.run()).isEqualTo(Ending.DONE);
        run.answering("ROLL BACK");

        assertThat(run.rollBack()).isEqualTo(Ending.ROLLBACK_INCOMPLETE);
        assertThat(run.world.state("s1")).isEqualTo(SimulatedWorld.ON);
        assertThat(run.world.state("s3")).isEqualTo(SimulatedWorld.OFF);
        assertThat(run.said()).contains("s2");
    }

    @Test
    void anAnswerThatIsNotYesDeclines() {
        OneRun run = new OneRun(step("s1", "confirm: Now?")).answering("no");

        assertThat(run.run()).isEqualTo(Ending.DECLINED);
        assertThat(run.sent()).isEmpty();
        assertThat(run.all(RunEvent.Answered.class).get(0).accepted()).isFalse();
        assertThat(run.said()).contains("s1").contains("yes").contains("Nothing was done");
    }

    @Test
    void aQuestionThatNobodyCanAnswerPausesBeforeTheStep() {
        OneRun run = new OneRun(step("s1", "confirm: Now?"));

        assertThat(run.run()).isEqualTo(Ending.NEEDS_ANSWER);
        assertThat(run.said()).contains("--approve \"s1=yes\"");
        assertThat(run.sent()).isEmpty();
    }

    @Test
    void theAnswerToAConfirmIsFollowedByASecondLook() {
        OneRun run = new OneRun(step("s1", "confirm: Now?\nrequire: w2 is on")).answering("yes");
        run.world.whenAsked(() -> run.world.set("w2", SimulatedWorld.OFF));

        assertThat(run.run()).isEqualTo(Ending.FAILED_UNCHANGED);
        assertThat(run.sent()).isEmpty();
        OneRun done = new OneRun(step("s1", "confirm: Now?")).answering("yes");
        done.world.whenAsked(() -> done.world.set("s1", SimulatedWorld.ON));
        assertThat(done.run()).isEqualTo(Ending.DONE);
        assertThat(done.sent()).isEmpty();
        assertThat(done.status("s1")).isEqualTo(StepStatus.ALREADY_DONE);
    }

    private static OneRun refused() {
        return refused(TWO);
    }

    /** The first step is done, the second is refused. */
    private static OneRun refused(String steps) {
        OneRun run = new OneRun(steps);
        run.world.afterOrders(1, What.REFUSED);
        return run;
    }

    /** The answer to the second step is lost, and it did not happen. */
    private static OneRun doubtful() {
        OneRun run = new OneRun(TWO);
        run.world.afterOrders(1, What.LOST_BEFORE);
        return run;
    }
}
