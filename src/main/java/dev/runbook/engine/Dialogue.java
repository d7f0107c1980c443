package dev.runbook.engine;

import dev.runbook.endpoint.Operator;
import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Reply;
import dev.runbook.event.OpenQuestion;
import dev.runbook.event.RunEvent;
import java.util.Locale;
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
        Question shown = question.withMessage(recorder.shown(question.message()));
        recorder.append(new RunEvent.QuestionAsked(question.subject(), Optional.of(open(shown))));
        return operator.ask(shown);
    }

    private static OpenQuestion open(Question question) {
        return new OpenQuestion(
                question.id(),
                question.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                question.key(),
                question.text(),
                Optional.of(question.expected()).filter(word -> !word.isEmpty()),
                question.choices().stream()
                        .map(choice -> new OpenQuestion.Way(choice.word(), choice.argument(), choice.meaning()))
                        .toList());
    }
}
