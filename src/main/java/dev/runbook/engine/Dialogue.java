package dev.runbook.engine;

import dev.runbook.endpoint.Operator;
import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Reply;
import dev.runbook.event.RunEvent;
import java.util.Optional;

/**
 * Talks with the operator, who sees no secret.
 *
 * @param operator who answers
 * @param recorder knows the secrets
 */
record Dialogue(Operator operator, Recorder recorder) {
    /** The answer; empty where there is nobody to give one. */
    Optional<Reply.Answered> ask(Question question) {
        return reply(question) instanceof Reply.Answered answer ? Optional.of(answer) : Optional.empty();
    }

    /** The answer, or why there is none. */
    Reply reply(Question question) {
        recorder.append(new RunEvent.QuestionAsked(question.subject()));
        return operator.ask(question.withMessage(recorder.shown(question.message())));
    }
}
