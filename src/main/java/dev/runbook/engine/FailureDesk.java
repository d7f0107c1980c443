package dev.runbook.engine;

import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Reply;
import dev.runbook.event.Decision;
import dev.runbook.event.RunEvent;
import dev.runbook.model.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Finds out how to go on with a step that failed or is in doubt: by a decision given before, else by asking. */
final class FailureDesk {
    private static final Map<String, Decision> WORDS = Map.of(
            "pause", Decision.PAUSE,
            "retry", Decision.RETRY,
            "change", Decision.CHANGE,
            "skip", Decision.SKIP,
            "done", Decision.DONE_BY_HAND,
            "back", Decision.ROLL_BACK);

    private static final Question.Choice CHANGE =
            new Question.Choice("change", "NAME=VALUE", "give a variable another value, and try this step again");

    private static final List<Question.Choice> UNDO = List.of(
            Question.Choice.of("pause", "stop here; the rollback can be gone on with"),
            Question.Choice.of("retry", "try to take it back again"),
            Question.Choice.withReason("done", "it was taken back by hand: go on with the step before it"));

    private static final Question.Choice NO = Question.Choice.of("no", "back to the choices; nothing is touched");
    private static final Question.Choice GO = Question.Choice.of("go", "take these steps back");

    private final Dialogue dialogue;
    private final Recorder recorder;
    private final Map<String, PriorDecision> prior;
    private final Supplier<RollbackPlan.Outline> back;
    private final Function<String, SiteChange.Outcome> change;

    /**
     * How it goes on.
     *
     * @param made the decision
     * @param by who made it, and by what way
     * @param changed the variable that has another value now; for a change alone
     */
    record Resolution(PriorDecision made, String by, Optional<SiteChange.Outcome.Changed> changed) {
        Decision decision() {
            return made.decision();
        }
    }

    /**
     * A desk.
     *
     * @param back what a rollback would do now
     * @param change gives a variable another value: {@code name=value}, as typed
     */
    FailureDesk(
            Dialogue dialogue,
            Recorder recorder,
            Map<String, PriorDecision> prior,
            Supplier<RollbackPlan.Outline> back,
            Function<String, SiteChange.Outcome> change) {
        this.dialogue = dialogue;
        this.recorder = recorder;
        this.prior = new HashMap<>(prior);
        this.back = back;
        this.change = change;
    }

    /** The decision; empty when there is nobody to make one. It is in the journal when this returns. */
    Optional<Resolution> decide(Step step, Question.Kind kind, String message) {
        PriorDecision given = prior.remove(step.id().text());
        if (given != null && mayBe(given.decision(), kind)) {
            return Optional.of(takeDown(step, given, "--decide"));
        }
        String said = message;
        while (true) {
            Optional<Reply.Answered> reply = ask(step, kind, said, choices(kind));
            if (reply.isEmpty()) {
                return Optional.empty();
            }
            Reply.Answered answer = reply.get();
            PriorDecision made = new PriorDecision(WORDS.get(answer.text()), answer.reason());
            if (made.decision() == Decision.CHANGE) {
                SiteChange.Outcome outcome = change.apply(made.reason());
                if (outcome instanceof SiteChange.Outcome.Changed changed) {
                    takeDown(step, made, answer.by());
                    return Optional.of(new Resolution(made, answer.by(), Optional.of(changed)));
                }
                said = ((SiteChange.Outcome.Refused) outcome).message();
            } else if (made.decision() == Decision.ROLL_BACK && !isSure(step, kind)) {
                said = nothingToTakeBack().orElse(message);
            } else {
                return Optional.of(takeDown(step, made, answer.by()));
            }
        }
    }

    /**
     * How to go on with a step that could not be taken back: try again, or count it as taken back by hand. Empty where there is
     * nobody, or the person wants to stop. It is in the journal when this returns.
     */
    Optional<PriorDecision> decideUndo(Step step, String message) {
        return ask(step, Question.Kind.FAILURE, message, UNDO)
                .map(answer ->
                        takeDown(step, new PriorDecision(WORDS.get(answer.text()), answer.reason()), answer.by()))
                .map(Resolution::made)
                .filter(made -> made.decision() != Decision.PAUSE);
    }

    private static boolean mayBe(Decision decision, Question.Kind kind) {
        return kind != Question.Kind.DOUBT || decision != Decision.SKIP;
    }

    private Optional<Reply.Answered> ask(Step step, Question.Kind kind, String message, List<Question.Choice> choices) {
        return dialogue.ask(Question.choice(step.id().text(), kind, message, choices));
    }

    /** Whoever wants to go back sees first what that means. */
    private boolean isSure(Step step, Question.Kind kind) {
        return nothingToTakeBack().isEmpty()
                && ask(step, kind, String.join("\n", back.get().lines()), List.of(NO, GO))
                        .filter(answer -> answer.text().equals(GO.word()))
                        .isPresent();
    }

    private Optional<String> nothingToTakeBack() {
        return Optional.of(back.get())
                .filter(outline -> outline.list().steps().isEmpty())
                .map(outline -> String.join(" ", outline.lines()));
    }

    /** The decisions that were given before the run and not needed, a line each. */
    List<String> unused() {
        return prior.entrySet().stream()
                .map(given -> "Not used: --decide " + given.getKey() + "="
                        + given.getValue().words() + ". That step needed no decision.")
                .sorted()
                .toList();
    }

    /** A decision that was given before the run and waits for this step. */
    boolean hasPrior(Step step) {
        return prior.containsKey(step.id().text());
    }

    /** Writes the decision into the journal. */
    Resolution takeDown(Step step, PriorDecision made, String by) {
        prior.remove(step.id().text(), made);
        // a changed value may be a secret: it has an event of its own, which knows what may be shown
        String reason = made.decision() == Decision.CHANGE ? "" : made.reason();
        recorder.append(new RunEvent.Decided(step.id().text(), made.decision(), reason, by));
        return new Resolution(made, by, Optional.empty());
    }

    private static List<Question.Choice> choices(Question.Kind kind) {
        boolean doubt = kind == Question.Kind.DOUBT;
        List<Question.Choice> choices = new ArrayList<>();
        choices.add(Question.Choice.of("pause", "stop here; the run can be resumed"));
        choices.add(Question.Choice.of("retry", doubt ? "run it again" : "try this step again"));
        if (!doubt) {
            choices.add(CHANGE);
        }
        choices.add(Question.Choice.withReason(
                "done", doubt ? "it did happen: count it as done" : "it was done by hand: look again and go on"));
        // left out, nobody would ever look whether it happened
        if (!doubt) {
            choices.add(Question.Choice.withReason("skip", "leave this step out"));
        }
        choices.add(Question.Choice.of("back", "take back what was started; the list is shown first"));
        return choices;
    }
}
