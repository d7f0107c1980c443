package dev.runbook.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.event.Actor;
import dev.runbook.event.Decision;
import dev.runbook.event.RunEvent;
import dev.runbook.event.Trouble;
import dev.runbook.event.Work;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a run knows of whether a step may have happened: a point of no return that may have is passed. */
class RunFoldTest {
    private static final Instant NOW = Instant.parse("2026-11-21T03:12:09Z");
    private static final Work STEP = Work.of("1");

    private final RunFold fold = new RunFold(
            NOW,
            new RunEvent.RunStarted(
                    1, "r", "20261121031209", "x", "x.yaml", "00", Map.of(), new Actor("jdoe", "jump1", 1, "test")));

    @Test
    void whatWasRefusedDidNotHappen() {
        take(new RunEvent.StepBegun("1"), attempt(1), back(1, refused()), failed());

        assertThat(step().mayHaveHappened()).isFalse();
    }

    @Test
    void whatWasNeverAnsweredMayHaveHappenedThoughALaterAttemptWasRefused() {
        take(
                new RunEvent.StepBegun("1"),
                attempt(1),
                attempt(2),
                back(2, refused()),
                new RunEvent.StepInDoubt("1", refused()));

        assertThat(step().mayHaveHappened()).isTrue();
    }

    @Test
    void whatWasNeverAnsweredMayHaveHappenedThoughAPersonWantsItAgainAndNothingIsSent() {
        take(
                new RunEvent.StepBegun("1"),
                attempt(1),
                new RunEvent.Decided("1", Decision.RETRY, "", "jdoe"),
                new RunEvent.AttemptFailed(STEP, 2, refused()),
                failed());

        assertThat(step().status()).isEqualTo(StepStatus.FAILED);
        assertThat(step().mayHaveHappened()).isTrue();
    }

    @Test
    void whatIsTakenBackIsAsIfItHadNeverHappened() {
        take(new RunEvent.StepBegun("1"), attempt(1), new RunEvent.StepUndone("1", "by its rollback"));

        assertThat(step().mayHaveHappened()).isFalse();
    }

    @Test
    void aRollbackIsThatOfWhoeverAskedForItFirstHoweverOftenItIsContinued() {
        take(new RunEvent.RollbackStarted(List.of(), "jdoe@jump1"), new RunEvent.RollbackStarted(List.of(), "resumed"));
        assertThat(fold.state().isRollbackRequested()).isTrue();

        take(new RunEvent.RollbackStarted(List.of(), "--on-failure rollback"));
        assertThat(fold.state().isRollbackRequested()).isFalse();
    }

    @Test
    void anAnswerEndsTheDoubtOfItsOwnAttemptAlone() {
        take(new RunEvent.StepBegun("1"), attempt(1), attempt(2), back(2, refused()));
        assertThat(step().isOpen()).isTrue();

        take(new RunEvent.StepDone("1"));
        assertThat(step().isOpen()).isFalse();
    }

    private StepState step() {
        return fold.state().step("1");
    }

    private void take(RunEvent... events) {
        for (RunEvent event : events) {
            assertThat(fold.allows(event)).as(event.toString()).isTrue();
            fold.take(NOW, event);
        }
    }

    private static RunEvent attempt(int number) {
        return new RunEvent.AttemptStarted(STEP, number, 1);
    }

    private static RunEvent back(int number, Trouble trouble) {
        return new RunEvent.CameBack(STEP, number, 1, Optional.of(trouble), Optional.empty());
    }

    private static RunEvent failed() {
        return new RunEvent.StepFailed("1", refused(), true);
    }

    private static Trouble refused() {
        return new Trouble("3101", "lasting", false, "It is in use.", List.of(), Optional.empty());
    }
}
