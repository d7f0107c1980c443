package dev.runbook.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.endpoint.Operator;
import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Question.Choice;
import dev.runbook.endpoint.Question.Kind;
import dev.runbook.endpoint.Reply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GivenAnswersTest {
    private static final Instant NOW = Instant.parse("2026-11-21T03:12:09Z");
    private static final Question AGREE = Question.confirm("0.1", "Sure?", "DC1 IS LOST");
    private static final Reply.Answered LOST = new Reply.Answered("DC1 IS LOST", "", "--approve");

    private final List<String> told = new ArrayList<>();
    private final Watch clock = new Watch();
    private final Operator nobody = Operator.nobody(text -> {});

    private GivenAnswers answers(GivenAnswers.Given... given) {
        return new GivenAnswers(List.of(given), clock, told::add, nobody);
    }

    private static GivenAnswers.Given lost(String key) {
        return new GivenAnswers.Given(key, LOST, Optional.empty());
    }

    @Test
    void approvesExactlyTheStepThatIsNamed() {
        GivenAnswers answers = answers(lost("0.1"));

        assertThat(answers.ask(Question.confirm("0.4", "Sure?", "yes"))).isEqualTo(Reply.Nobody.NO_TERMINAL);
        assertThat(answers.ask(AGREE)).isEqualTo(LOST);
    }

    @Test
    void isUsedOnce() {
        GivenAnswers answers = answers(lost("0.1"));

        assertThat(answers.ask(AGREE)).isEqualTo(LOST);
        assertThat(answers.ask(AGREE)).isEqualTo(Reply.Nobody.NO_TERMINAL);
        assertThat(answers.unused()).isEmpty();
    }

    @Test
    void anAnswerToAStepIsNoneToTheDoubtOfIt() {
        Question again = Question.word("0.1", Kind.AGAIN, "Sent before.", "DC1 IS LOST", "to stop");

        assertThat(answers(lost("0.1")).ask(again)).isEqualTo(Reply.Nobody.NO_TERMINAL);
        assertThat(answers(lost("0.1/again")).ask(again)).isEqualTo(LOST);
    }

    @Test
    void isWorthNothingOnceItHasExpired() {
        GivenAnswers answers = answers(new GivenAnswers.Given("0.1", LOST, Optional.of(NOW.plus(Duration.ofHours(1)))));
        clock.now = NOW.plus(Duration.ofHours(1));

        assertThat(answers.ask(AGREE)).isEqualTo(Reply.Nobody.NO_TERMINAL);
        assertThat(told)
                .containsExactly("Not used: the answer \"DC1 IS LOST\" to 0.1 (--approve). It expired at"
                        + " 2026-11-21T04:12:09Z; it is 2026-11-21T04:12:09Z now.");
    }

    @Test
    void isWorthNothingOnceWhatItWasGivenForHasChanged() {
        GivenAnswers answers = answers(lost("0.1"));
        answers.voidAll("It was given before copy_dir was changed.");

        assertThat(answers.ask(AGREE)).isEqualTo(Reply.Nobody.NO_TERMINAL);
        assertThat(told).singleElement().asString().endsWith("It was given before copy_dir was changed.");
    }

    @Test
    void tellsWhatNothingAskedFor() {
        assertThat(answers(lost("0.1")).unused())
                .containsExactly("Not used: the answer \"DC1 IS LOST\" to 0.1 (--approve). Nothing asked for it.");
    }

    @Test
    void anApprovalIsNoDecision() {
        Question failed = Question.choice("0.1", Kind.FAILURE, "?", List.of(Choice.of("DC1 IS LOST", "")));

        assertThat(answers(lost("0.1")).ask(failed)).isEqualTo(Reply.Nobody.NO_TERMINAL);
    }

    @Test
    void aRehearsalAnswersWhatStepsAskAndNothingElse() {
        List<String> acted = new ArrayList<>();
        GivenAnswers.RehearsalOperator rehearsal = new GivenAnswers.RehearsalOperator(nobody, false, acted::add);

        assertThat(rehearsal.ask(AGREE)).isEqualTo(new Reply.Answered("DC1 IS LOST", "", "the rehearsal"));
        assertThat(rehearsal.ask(Question.word("0.1", Kind.SKIP, "Sure?", "SKIP", "to go back")))
                .isEqualTo(Reply.Nobody.NO_TERMINAL);
        assertThat(acted).containsExactly("0.1");
    }

    @Test
    void whatPeopleDoByHandIsDoneOnlyAfterAYes() {
        List<String> acted = new ArrayList<>();
        GivenAnswers.RehearsalOperator asking =
                new GivenAnswers.RehearsalOperator(answers(lost("0.1"), lost("0.4")), true, acted::add);

        asking.ask(AGREE);
        asking.ask(Question.confirm("0.4", "Sure?", "yes"));

        assertThat(acted).containsExactly("0.1");
    }

    private static final class Watch extends Clock {
        private Instant now = NOW;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
