package dev.runbook.engine;

import dev.runbook.attempt.Recorder;
import dev.runbook.endpoint.Operator;
import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Reply;
import dev.runbook.event.Decision;
import dev.runbook.event.RunEvent;
import dev.runbook.model.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out how to go on with a step that failed or is in doubt: by a decision given before, else by asking. */
final class FailureDesk {
    private static final Map<String, Decision> WORDS = Map.of(
            "pause", Decision.PAUSE,
            "retry", Decision.RETRY,
            "skip", Decision.SKIP,
            "done", Decision.DONE_BY_HAND,
            "back", Decision.ROLL_BACK);

    private final Operator operator;
    private final Recorder recorder;
    private final Map<String, PriorDecision> prior;

    FailureDesk(Operator operator, Recorder recorder, Map<String, PriorDecision> prior) {
        this.operator = operator;
        this.recorder = recorder;
        this.prior = new HashMap<>(prior);
    }

    /** The decision; empty when there is nobody to make one. It is in the journal when this returns. */
    Optional<Decision> decide(Step step, Question.Kind kind, String message) {
        PriorDecision given = prior.remove(step.id().text());
        if (given != null) {
            return Optional.of(takeDown(step, given.decision(), given.reason(), "--decide"));
        }
        Reply reply = operator.ask(Question.choice(step.id().text(), kind, message, choices(kind)));
        return reply instanceof Reply.Answered answer
                ? Optional.of(takeDown(step, WORDS.get(answer.text()), answer.reason(), answer.by()))
                : Optional.empty();
    }

    /** A decision that was given before the run and waits for this step. */
    boolean hasPrior(Step step) {
        return prior.containsKey(step.id().text());
    }

    private Decision takeDown(Step step, Decision decision, String reason, String by) {
        recorder.append(new RunEvent.Decided(step.id().text(), decision, reason, by));
        return decision;
    }

    private static List<Question.Choice> choices(Question.Kind kind) {
        boolean doubt = kind == Question.Kind.DOUBT;
        return List.of(
                new Question.Choice("pause", "stop here; the run can be resumed", false),
                new Question.Choice("retry", doubt ? "run it again" : "try this step again", false),
                new Question.Choice(
                        "done",
                        doubt ? "it did happen: count it as done" : "it was done by hand: look again and go on",
                        true),
                new Question.Choice("skip", "leave this step out", true),
                new Question.Choice("back", "take back what was started; the list is shown first", false));
    }
}
