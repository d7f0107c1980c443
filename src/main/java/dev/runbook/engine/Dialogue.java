package dev.runbook.engine;

import dev.runbook.attempt.Recorder;
import dev.runbook.endpoint.Operator;
import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Reply;
import dev.runbook.event.RunEvent;
import java.util.Optional;

/** Talks with the operator, who sees no secret. Notes that are typed in place of an answer go to the journal, and the question stays open. */
final class Dialogue {
    private final Operator operator;
    private final Recorder recorder;

    Dialogue(Operator operator, Recorder recorder) {
        this.operator = operator;
        this.recorder = recorder;
    }

    /** The answer; empty where there is nobody to give one. */
    Optional<Reply.Answered> ask(Question question) {
        Question shown = question.withMessage(recorder.shown(question.message()));
        Reply reply = operator.ask(shown);
        while (reply instanceof Reply.Noted note) {
            recorder.append(new RunEvent.NoteTaken(note.text(), note.by()));
            reply = operator.ask(shown);
        }
        return reply instanceof Reply.Answered answer ? Optional.of(answer) : Optional.empty();
    }
}
