package dev.runbook.engine;

import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Reply;
import dev.runbook.event.RunEvent;
import dev.runbook.model.Confirm;
import dev.runbook.model.Step;
import dev.runbook.template.Fill;
import dev.runbook.template.Scope;
import java.util.Optional;

/** Asks a person before a step acts. */
final class Asking {
    private final Dialogue dialogue;
    private final Recorder recorder;

    Asking(Dialogue dialogue, Recorder recorder) {
        this.dialogue = dialogue;
        this.recorder = recorder;
    }

    /** Asks what the step asks; empty when the answer is the one that means yes, or nothing is asked. */
    Optional<Outcome> confirm(Step step, Scope scope) {
        return step.confirm().flatMap(confirm -> ask(step, confirm, scope, ""));
    }

    /**
     * Asks it once more.
     *
     * @param why what stands before the question
     */
    Optional<Outcome> again(Step step, Scope scope, String why) {
        return step.confirm().flatMap(confirm -> ask(step, confirm, scope, why + "\n"));
    }

    private Optional<Outcome> ask(Step step, Confirm confirm, Scope scope, String before) {
        String id = step.id().text();
        String message = before + Fill.forPeople(confirm.message(), scope);
        String expected = Fill.forPeople(step.answer(), scope);
        Question question = before.isEmpty()
                ? Question.confirm(id, message, expected)
                : Question.word(
                        id,
                        Question.Kind.AGAIN,
                        message,
                        expected,
                        "to stop here (it is not sent again; resume later)");
        Reply reply = dialogue.reply(question);
        if (reply instanceof Reply.Nobody nobody) {
            // double quotes mean the same to cmd, PowerShell and sh
            return Optional.of(new Outcome.Unanswered("Step " + id + " needs an answer, and there is nobody to ask: "
                    + nobody.why() + ". Give it with --approve \"" + question.key() + "=" + expected + "\"."));
        }
        Reply.Answered answer = (Reply.Answered) reply;
        boolean accepted = question.isYes(answer.text());
        Optional<String> gate = Optional.of(question.kind().gate()).filter(name -> !name.isEmpty());
        recorder.append(new RunEvent.Answered(id, message, answer.text(), accepted, answer.by(), gate));
        return accepted
                ? Optional.empty()
                : Optional.of(new Outcome.Declined("The answer to step " + id + " was not \"" + expected + "\". "
                        + (before.isEmpty() ? "Nothing was done for this step." : "It was not sent again.")));
    }
}
