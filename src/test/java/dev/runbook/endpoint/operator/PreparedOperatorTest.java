package dev.runbook.endpoint.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Question.Choice;
import dev.runbook.endpoint.Question.Kind;
import dev.runbook.endpoint.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PreparedOperatorTest {
    private static final Question FAILED = Question.choice(
            "3", Kind.FAILURE, "It failed.", List.of(new Choice("pause", "", false), new Choice("skip", "", true)));

    private final PreparedOperator operator = new PreparedOperator(
            Map.of("0.1", "DC1 IS LOST"), Map.of("3", new Decided("skip", "not here")), new NobodyThere());

    @Test
    void approvesExactlyTheStepThatIsNamed() {
        assertThat(operator.ask(Question.confirm("0.1", "Sure?", "DC1 IS LOST")))
                .isEqualTo(new Reply.Answered("DC1 IS LOST", "", "--approve"));
        assertThat(operator.ask(Question.confirm("0.4", "Sure?", "yes"))).isEqualTo(new Reply.Nobody());
    }

    @Test
    void handsOverAWrongAnswerAsItIs() {
        assertThat(operator.ask(Question.confirm("0.1", "Sure?", "something else")))
                .isEqualTo(new Reply.Answered("DC1 IS LOST", "", "--approve"));
    }

    @Test
    void usesADecisionOnce() {
        assertThat(operator.ask(FAILED)).isEqualTo(new Reply.Answered("skip", "not here", "--decide"));
        assertThat(operator.ask(FAILED)).isEqualTo(new Reply.Nobody());
    }

    @Test
    void doesNotTakeADecisionThatIsNotOffered() {
        Question other = Question.choice("3", Kind.DOUBT, "?", List.of(new Choice("pause", "", false)));

        assertThat(operator.ask(other)).isEqualTo(new Reply.Nobody());
    }

    @Test
    void anApprovalIsNoDecision() {
        Question failed = Question.choice("0.1", Kind.FAILURE, "?", List.of(new Choice("DC1 IS LOST", "", false)));

        assertThat(operator.ask(failed)).isEqualTo(new Reply.Nobody());
    }

    @Test
    void aRehearsalAnswersConfirmsForItselfAndNothingElse() {
        List<String> confirmed = new ArrayList<>();
        RehearsalOperator rehearsal = new RehearsalOperator(confirmed::add, new NobodyThere());

        assertThat(rehearsal.ask(Question.confirm("0.5", "Sure?", "0.5")))
                .isEqualTo(new Reply.Answered("0.5", "", "the rehearsal"));
        assertThat(rehearsal.ask(FAILED)).isEqualTo(new Reply.Nobody());
        assertThat(confirmed).containsExactly("0.5");
    }
}
