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
            "3", Kind.FAILURE, "It failed.", List.of(Choice.of("pause", ""), Choice.withReason("skip", "")));

    private final PreparedOperator operator = new PreparedOperator(
            Map.of("0.1", new Reply.Answered("DC1 IS LOST", "", "--approve")), new NobodyThere(text -> {}));

    @Test
    void approvesExactlyTheStepThatIsNamed() {
        assertThat(operator.ask(Question.confirm("0.1", "Sure?", "DC1 IS LOST")))
                .isEqualTo(new Reply.Answered("DC1 IS LOST", "", "--approve"));
        assertThat(operator.ask(Question.confirm("0.4", "Sure?", "yes"))).isEqualTo(Reply.Nobody.NO_TERMINAL);
    }

    @Test
    void handsOverAWrongAnswerAsItIs() {
        assertThat(operator.ask(Question.confirm("0.1", "Sure?", "something else")))
                .isEqualTo(new Reply.Answered("DC1 IS LOST", "", "--approve"));
    }

    @Test
    void anApprovalIsNoDecision() {
        Question failed = Question.choice("0.1", Kind.FAILURE, "?", List.of(Choice.of("DC1 IS LOST", "")));

        assertThat(operator.ask(failed)).isEqualTo(Reply.Nobody.NO_TERMINAL);
    }

    @Test
    void aRehearsalAnswersConfirmsForItselfAndNothingElse() {
        RehearsalOperator rehearsal = new RehearsalOperator(new NobodyThere(text -> {}));

        assertThat(rehearsal.ask(Question.confirm("0.5", "Sure?", "0.5")))
                .isEqualTo(new Reply.Answered("0.5", "", "the rehearsal"));
        assertThat(rehearsal.ask(FAILED)).isEqualTo(Reply.Nobody.NO_TERMINAL);
    }

    @Test
    void whatPeopleDoByHandIsDoneOnlyAfterAYes() {
        List<String> acted = new ArrayList<>();
        ActingOperator acting = new ActingOperator(operator, acted::add);

        acting.ask(Question.confirm("0.1", "Sure?", "DC1 IS LOST"));
        acting.ask(Question.confirm("0.1", "Sure?", "another answer"));
        acting.ask(Question.confirm("0.4", "Sure?", "yes"));

        assertThat(acted).containsExactly("0.1");
    }
}
